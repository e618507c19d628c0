import { fork, type ChildProcess } from 'node:child_process'
import { dirname, join, resolve } from 'node:path'

import type { PaperOrder } from './documents'
import type { PdfAnswer } from './pdfProcess'

const longestMs = 30_000
/** Kept warm between two documents of one run. */
const idleMs = 30_000
const memoryMegabytes = 384
const queueMost = 50

type Waiting = {
  id: number
  order: PaperOrder
  resolve(bytes: Buffer): void
  reject(error: Error): void
}

let child: ChildProcess | null = null
let current: Waiting | null = null
let timer: NodeJS.Timeout | undefined
let idle: NodeJS.Timeout | undefined
let lastId = 0
const queue: Waiting[] = []

/**
 * `renderPdf`: a document as PDF, drawn by a process of its own, one after the other; at most 30 s and 384 MB each.
 * Rejects with a sentence where it cannot be drawn; the next one gets a new process.
 */
export function renderPdf(order: PaperOrder): Promise<Buffer> {
  if (queue.length >= queueMost)
    return Promise.reject(new Error('Too many documents are being made. Try again in a minute.'))
  return new Promise((done, reject) => {
    queue.push({ id: ++lastId, order, resolve: done, reject })
    next()
  })
}

/** `closePdf`: ends the process; what was being drawn fails. */
export function closePdf(): void {
  end('The document was not finished.')
  child?.kill()
  child = null
}

function next(): void {
  if (current) return
  clearTimeout(idle)
  current = queue.shift() ?? null
  if (!current) {
    idle = setTimeout(closePdf, idleMs)
    idle.unref()
    return
  }
  child ??= start()
  // a process that is waited for keeps us alive, an idle one does not
  child.ref()
  child.channel?.ref()
  timer = setTimeout(() => fail('It took too long to draw the document.'), longestMs)
  child.send({ id: current.id, order: current.order })
}

function start(): ChildProcess {
  const { file, args } = entry()
  const made = fork(/* turbopackIgnore: true */ file, args, {
    serialization: 'advanced',
    execArgv: [`--max-old-space-size=${memoryMegabytes}`],
    env: { ...process.env, NODE_OPTIONS: '' },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  made.on('message', (answer: PdfAnswer) => {
    if (answer.id !== current?.id) return
    if ('error' in answer) end(`The document could not be drawn: ${answer.error}`)
    else finish(Buffer.from(answer.bytes))
    made.unref()
    made.channel?.unref()
    next()
  })
  const gone = () => {
    if (child !== made) return
    child = null
    end('The document could not be drawn: its process ended.')
    next()
  }
  made.once('exit', gone)
  made.once('error', gone)
  return made
}

/** Built roles stand in dist/ and so does the drawing process; from sources it runs as they do. */
function entry(): { file: string; args: string[] } {
  const own = dirname(resolve(process.argv[1] ?? ''))
  if (own.endsWith('/dist') || own.endsWith('\\dist'))
    return { file: join(own, 'pdf.js'), args: [] }
  return { file: 'src/main/run.mjs', args: ['reports/render/pdfProcess.tsx'] }
}

function finish(bytes: Buffer): void {
  clearTimeout(timer)
  const done = current
  current = null
  done?.resolve(bytes)
}

function end(sentence: string): void {
  clearTimeout(timer)
  const failed = current
  current = null
  failed?.reject(new Error(sentence))
}

function fail(sentence: string): void {
  const stuck = child
  child = null
  stuck?.kill('SIGKILL')
  end(sentence)
  next()
}
