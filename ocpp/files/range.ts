/** One range of a file of `size` bytes, both ends counted. */
export type Range = { start: number; end: number }

/**
 * `readRange`: what a Range header asks for (RFC 9110 §14): null for the whole file, `none` where there is nothing of
 * it. What is malformed, asks for several ranges, or was made for another version of the file (`If-Range`) gets the
 * whole, which every client understands.
 */
export function readRange(
  headers: { range?: string; ifRange?: string },
  { size, etag }: { size: number; etag: string },
): Range | 'none' | null {
  const match = /^bytes=(\d*)-(\d*)$/.exec(headers.range?.trim() ?? '')
  if (!match || (headers.ifRange !== undefined && headers.ifRange.trim() !== etag)) return null
  const [, first = '', last = ''] = match
  if (first === '' && last === '') return null
  if (first === '') {
    const length = Number(last)
    return length === 0 ? 'none' : { start: Math.max(0, size - length), end: size - 1 }
  }
  const start = Number(first)
  if (start >= size) return 'none'
  const end = last === '' ? size - 1 : Math.min(Number(last), size - 1)
  return end < start ? null : { start, end }
}
