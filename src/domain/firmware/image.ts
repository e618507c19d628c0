/** What may be taken for a firmware image. Makers' formats are many; web pages, pictures and scripts are none of them. */

export const imageExtensions: readonly string[] = (
  'bin hex img fw fwu frm rom dat ota upd upg pkg dfu elf uf2 itb s19 srec mot enc signed swu raucb mender ' +
  'zip 7z gz tgz tar bz2 xz zst cpio deb ipk opk squashfs ubi'
).split(' ')

/** How files of these kinds begin. */
const beginnings: Readonly<Record<string, readonly number[]>> = {
  zip: [0x50, 0x4b, 0x03, 0x04],
  '7z': [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c],
  gz: [0x1f, 0x8b],
  tgz: [0x1f, 0x8b],
  xz: [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00],
  bz2: [0x42, 0x5a, 0x68],
  zst: [0x28, 0xb5, 0x2f, 0xfd],
  elf: [0x7f, 0x45, 0x4c, 0x46],
  deb: [0x21, 0x3c, 0x61, 0x72, 0x63, 0x68, 0x3e],
  uf2: [0x55, 0x46, 0x32, 0x0a],
  hex: [0x3a],
  s19: [0x53],
  srec: [0x53],
  mot: [0x53],
}

/** Records of text that are firmware all the same. */
const textKinds = new Set(['hex', 's19', 'srec', 'mot'])

/** Things that browsers and machines act on: pictures, documents, scripts, pages. */
const strangers: readonly (readonly [string, readonly number[]])[] = [
  ['a picture', [0x89, 0x50, 0x4e, 0x47]],
  ['a picture', [0xff, 0xd8, 0xff]],
  ['a picture', [0x47, 0x49, 0x46, 0x38]],
  ['a document', [0x25, 0x50, 0x44, 0x46]],
  ['a script', [0x23, 0x21]],
]

/** `imageProblem`: why this file is no firmware image, in words; null where it may be one. `head` is its first 4 kB. */
export function imageProblem(filename: string, head: Uint8Array): string | null {
  const extension = /\.([A-Za-z0-9]{1,10})$/.exec(filename)?.[1]?.toLowerCase() ?? ''
  if (!imageExtensions.includes(extension))
    return `A file ending in ".${extension || '?'}" is not taken for firmware. Makers' images end in .bin, .hex, .zip, .tar.gz, .swu and the like.`
  const stranger = strangers.find(([, bytes]) => begins(head, bytes))
  if (stranger) return `This is ${stranger[0]}, not a firmware image.`
  const expected = Object.hasOwn(beginnings, extension) ? beginnings[extension] : undefined
  if (expected && !begins(head, expected))
    return `This is no .${extension} file, whatever its name says. It may have been damaged on the way.`
  if (begins(skipSpace(head), [0x3c]))
    return 'This is a web page or another text, not a firmware image.'
  if (!textKinds.has(extension) && isText(head)) return 'This is a text, not a firmware image.'
  return null
}

function begins(head: Uint8Array, bytes: readonly number[]): boolean {
  return head.length >= bytes.length && bytes.every((byte, index) => head[index] === byte)
}

/** Without a byte order mark and white space, which browsers skip as well. */
function skipSpace(head: Uint8Array): Uint8Array {
  let at = begins(head, [0xef, 0xbb, 0xbf]) ? 3 : 0
  while (at < head.length && [0x09, 0x0a, 0x0d, 0x20].includes(head[at] ?? 0)) at++
  return head.subarray(at)
}

function isText(head: Uint8Array): boolean {
  return head.every(
    (byte) =>
      byte === 0x09 ||
      byte === 0x0a ||
      byte === 0x0d ||
      (byte >= 0x20 && byte !== 0x7f && byte < 0x80),
  )
}
