import type { IncomingMessage } from 'node:http'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream'

import busboy from 'busboy'

export type FilePart = { stream: Readable; filename: string | null }

export function isMultipart({ headers }: IncomingMessage): boolean {
  return /^multipart\/form-data\b/i.test(headers['content-type'] ?? '')
}

/**
 * `readFilePart`: the first file of a form, as it comes in; null where the form has none or cannot be read. Further
 * files and fields are passed over.
 */
export function readFilePart(request: IncomingMessage): Promise<FilePart | null> {
  return new Promise((resolve) => {
    let parser: busboy.Busboy
    try {
      parser = busboy({
        headers: request.headers,
        limits: { files: 1, fields: 20, fieldSize: 4096, parts: 25, headerPairs: 50 },
        defParamCharset: 'utf8',
      })
    } catch {
      return resolve(null)
    }
    parser.on('file', (_field, stream, { filename }) => {
      // an error of the stream is met by whoever reads it; without a listener it would end the process
      stream.on('error', () => {})
      resolve({ stream, filename: filename || null })
    })
    parser.on('close', () => resolve(null))
    pipeline(request, parser, () => resolve(null))
  })
}
