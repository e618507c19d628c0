import { fork, type ChildProcess } from 'node:child_process'
import { dirname, join, resolve } from 'node:path'

import type { PaperOrder } from './documents'
import type { PdfAnswer } from './pdfProcess'

const longestMs = 30_000
/** Kept warm between two documents, and from a warning (`warmPdf`) until the documents come. */
const idleMs = 150_000
const memoryMegabytes = 384
const queueMost = 50

type Waiting = {
  id: number
  order: PaperOrder
  resolve(bytes: Buffer): void
  reject(error: Error): void
}

/** One process that draws, and who waits for it. */
class Drawer {
  #child: ChildProcess | null = null
  #current: Waiting | null = null
  #timer: NodeJS.Timeout | undefined
  #idle: NodeJS.Timeout | undefined
  #lastId = 0
  readonly #queue: Waiting[] = []

  get isAwake(): boolean {
    return this.#child !== null
  }

  draw(order: PaperOrder): Promise<Buffer> {
    if (this.#queue.length >= queueMost)
      return Promise.reject(new Error('Too many documents are being made. Try again in a minute.'))
    return new Promise((done, reject) => {
      this.#queue.push({ id: ++this.#lastId, order, resolve: done, reject })
      this.#next()
    })
  }

  close(): void {
    this.#end('The document was not finished.')
    this.#child?.kill()
    this.#child = null
  }

  #next(): void {
    if (this.#current) return
    clearTimeout(this.#idle)
    const current = (this.#current = this.#queue.shift() ?? null)
    if (!current) {
      this.#idle = setTimeout(() => this.close(), idleMs)
      this.#idle.unref()
      return
    }
    const child = (this.#child ??= this.#start())
    // a process that is waited for keeps us alive, an idle one does not
    child.ref()
    child.channel?.ref()
    this.#timer = setTimeout(() => this.#giveUp(), longestMs)
    child.send({ id: current.id, order: current.order })
  }

  #start(): ChildProcess {
    const { file, args } = entry()
    const made = fork(/* turbopackIgnore: true */ file, args, {
      serialization: 'advanced',
      execArgv: [`--max-old-space-size=${memoryMegabytes}`],
      env: { ...process.env, NODE_OPTIONS: '' },
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    })
    made.on('message', (answer: PdfAnswer) => {
      if (answer.id !== this.#current?.id) return
      if ('error' in answer) this.#end(`The document could not be drawn: ${answer.error}`)
      else this.#finish(Buffer.from(answer.bytes))
      made.unref()
      made.channel?.unref()
      this.#next()
    })
    const gone = () => {
      if (this.#child !== made) return
      this.#child = null
      this.#end('The document could not be drawn: its process ended.')
      this.#next()
    }
    made.once('exit', gone)
    made.once('error', gone)
    return made
  }

  #finish(bytes: Buffer): void {
    clearTimeout(this.#timer)
    const done = this.#current
    this.#current = null
    done?.resolve(bytes)
  }

  #end(sentence: string): void {
    clearTimeout(this.#timer)
    const failed = this.#current
    this.#current = null
    failed?.reject(new Error(sentence))
  }

  #giveUp(): void {
    const stuck = this.#child
    this.#child = null
    stuck?.kill('SIGKILL')
    this.#end('It took too long to draw the document.')
    this.#next()
  }
}

/** Two, so that a receipt does not wait for a table of a hundred pages. */
const papers = new Drawer()
const tables = new Drawer()

/**
 * `renderPdf`: a document as PDF, drawn by a process of its own, one after the other; at most 30 s and 384 MB each.
 * Rejects with a sentence where it cannot be drawn; the next one gets a new process.
 */
export const renderPdf = (order: PaperOrder): Promise<Buffer> =>
  (order.document === 'table' ? tables : papers).draw(order)

/**
 * `warmPdf`: documents are coming within two minutes. The process that draws them starts now and draws a sample: the first
 * document of a cold one takes two seconds longer. Resolves when it is ready; what fails is told by the documents.
 */
export async function warmPdf(): Promise<void> {
  if (!papers.isAwake) await papers.draw({ document: 'sample' }).catch(() => {})
}

/** `closePdf`: ends the processes; what was being drawn fails. */
export function closePdf(): void {
  papers.close()
  tables.close()
}

/** Built roles stand in dist/ and so does the drawing process; from sources it runs as they do. */
function entry(): { file: string; args: string[] } {
  const own = dirname(resolve(process.argv[1] ?? ''))
  if (own.endsWith('/dist') || own.endsWith('\\dist'))
    return { file: join(own, 'pdf.js'), args: [] }
  return { file: 'src/main/run.mjs', args: ['reports/render/pdfProcess.tsx'] }
}
