/**
 * The process that draws PDFs: layout keeps a core busy for a second, and a document that makes it fail or fill its
 * memory takes nobody with it. Orders come over IPC one by one.
 */
import { draw, type PaperOrder } from './documents'
import { registerFonts } from './fonts'

export type PdfOrder = { id: number; order: PaperOrder }
export type PdfAnswer = { id: number; bytes: Uint8Array } | { id: number; error: string }

registerFonts()

process.on('message', ({ id, order }: PdfOrder) => {
  draw(order).then(
    (bytes) => process.send?.({ id, bytes } satisfies PdfAnswer),
    (error: unknown) =>
      process.send?.({ id, error: String(error).slice(0, 500) } satisfies PdfAnswer),
  )
})
// without the one who orders there is nothing to do
process.on('disconnect', () => process.exit(0))
