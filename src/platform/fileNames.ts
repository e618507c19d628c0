import { basename } from 'node:path'

const longestName = 100
const fallback = 'file'
/** Names that are devices on Windows, where a download may be saved. */
const devices = /^(con|prn|aux|nul|com\d|lpt\d)$/i

/**
 * `safeFileName`: what a name from outside may be shown and downloaded as: its last part, in letters, digits, dot,
 * hyphen and underscore, 100 at most. Never a path, never a control or a direction mark, never empty.
 */
export function safeFileName(given: string | null | undefined, otherwise = fallback): string {
  const last = basename((given ?? '').replaceAll('\\', '/'))
  const plain = last
    .normalize('NFKC')
    .replace(/[^\p{L}\p{N}._-]+/gu, '_')
    .replace(/^[._-]+|[._-]+$/g, '')
  const stem = plain.split('.')[0] ?? ''
  if (plain === '' || devices.test(stem)) return otherwise
  return shortened(plain)
}

/** `asciiFileName`: the same for headers and addresses. */
export function asciiFileName(given: string | null | undefined, otherwise = fallback): string {
  const name = safeFileName(given, otherwise).replace(/[^A-Za-z0-9._-]+/g, '_')
  return /[A-Za-z0-9]/.test(name) ? name : otherwise
}

/** `attachment`: the header under which a browser saves the bytes and never shows them (SEC-35, SEC-38). */
export function downloadHeaders(name: string, sizeBytes: number): Record<string, string> {
  return {
    'Content-Type': 'application/octet-stream',
    'Content-Length': String(sizeBytes),
    'Content-Disposition': `attachment; filename="${asciiFileName(name)}"; filename*=UTF-8''${encodeURIComponent(safeFileName(name))}`,
    'X-Content-Type-Options': 'nosniff',
    'Content-Security-Policy': "sandbox; default-src 'none'",
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Cache-Control': 'no-store',
  }
}

/** The end of a long name, which says what it is, stays. */
function shortened(name: string): string {
  const characters = [...name]
  if (characters.length <= longestName) return name
  const end = /\.[A-Za-z0-9.]{1,12}$/.exec(name)?.[0] ?? ''
  return characters.slice(0, longestName - end.length).join('') + end
}
