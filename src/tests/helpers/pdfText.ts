import { inflateSync } from 'node:zlib'

/**
 * `pdfText`: what is written in a PDF of ours, in the order it was drawn, a blank between two pieces. As much of the format as
 * pdfkit writes (both of our tools draw with it): compressed streams, fonts of two-byte codes with a table to Unicode.
 */
export function pdfText(file: Uint8Array): string {
  const raw = Buffer.from(file).toString('latin1')
  const objects = new Map<number, string>()
  for (const [, id, body] of raw.matchAll(/(?:^|\n)(\d+) 0 obj\n([\s\S]*?)\nendobj/g))
    objects.set(Number(id), body!)
  const fonts = new Map<string, Map<number, string>>()
  for (const body of objects.values())
    for (const [, name, id] of body.matchAll(/\/(F\d+) (\d+) 0 R/g)) {
      const table = /\/ToUnicode (\d+) 0 R/.exec(objects.get(Number(id)) ?? '')?.[1]
      if (table && !fonts.has(name!))
        fonts.set(name!, tableOf(streamOf(objects.get(Number(table)))))
    }
  const pieces: string[] = []
  for (const body of objects.values()) {
    const drawn = streamOf(body)
    if (!/\bBT\b/.test(drawn)) continue
    let font: Map<number, string> | undefined
    for (const [, name, shown] of drawn.matchAll(
      /\/(F\d+) [\d.]+ Tf|(\[[^\]]*\] TJ|<[0-9a-f]+> Tj)/gi,
    )) {
      if (name) font = fonts.get(name)
      else
        pieces.push(
          [...shown!.matchAll(/<([0-9a-f]*)>/gi)]
            .flatMap(([, hex]) => hex!.match(/.{4}/g) ?? [])
            .map((code) => font?.get(parseInt(code, 16)) ?? '')
            .join(''),
        )
    }
  }
  return pieces.join(' ')
}

function streamOf(body: string | undefined): string {
  const at = body?.search(/stream\r?\n/) ?? -1
  if (!body || at < 0) return ''
  const from = body.indexOf('\n', at) + 1
  const data = body.slice(from, body.lastIndexOf('\nendstream'))
  if (!/\/FlateDecode/.test(body.slice(0, at))) return data
  return inflateSync(Buffer.from(data, 'latin1')).toString('latin1')
}

function tableOf(cmap: string): Map<number, string> {
  const table = new Map<number, string>()
  const text = (hex: string) =>
    String.fromCharCode(
      ...(hex.replace(/\s/g, '').match(/.{4}/g) ?? []).map((code) => parseInt(code, 16)),
    )
  for (const [, from, , list] of cmap.matchAll(/<([0-9a-f]{4})> <([0-9a-f]{4})> \[([^\]]*)\]/gi))
    [...list!.matchAll(/<([0-9a-f\s]*)>/gi)].forEach(([, hex], index) =>
      table.set(parseInt(from!, 16) + index, text(hex!)),
    )
  return table
}
