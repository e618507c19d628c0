/**
 * Loaded into a role by the bench (`--import`), never in production: collects garbage when asked and tells how much
 * memory is really held, so that an idle connection is weighed without the waste of its making.
 */
process.on('message', (order) => {
  if (order !== 'weigh') return
  globalThis.gc?.()
  setTimeout(() => {
    globalThis.gc?.()
    const { rss, heapUsed, external, arrayBuffers } = process.memoryUsage()
    process.send?.({ weight: { rss, heapUsed, external, arrayBuffers } })
  }, 200)
})
process.channel?.unref()
