import swc from '@swc/jest'

import { guardOf, withoutGuard } from './guards.mjs'

/** What jest loads is what the project says, but for the one guard that this run is without. Nothing on disk changes. */
const guard = guardOf(process.env.CPMS_WITHOUT_GUARD)

export default {
  createTransformer(options) {
    const inner = swc.createTransformer(options)
    const read = (source, path) =>
      path.endsWith(`/${guard.file}`) ? withoutGuard(source, guard) : source
    return {
      ...inner,
      process: (source, path, more) => inner.process(read(source, path), path, more),
      processAsync: (source, path, more) => inner.processAsync(read(source, path), path, more),
      getCacheKey: (source, path, more) => inner.getCacheKey(read(source, path), path, more),
    }
  },
}
