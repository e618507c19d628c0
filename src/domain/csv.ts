/** One line of a file: its number as an editor shows it, and its cells. */
export type CsvLine = { line: number; cells: string[] }

/**
 * `readCsv`: the lines of a comma-, semicolon- or tab-separated file (RFC 4180; Excel's semicolons), a byte order mark
 * and empty lines left out. The separator is the one the first line has most of. A quote that is never closed takes the
 * rest of the file into its cell.
 */
export function readCsv(text: string): CsvLine[] {
  const source = text.startsWith('\ufeff') ? text.slice(1) : text
  const separator = separatorOf(source)
  const lines: CsvLine[] = []
  let cells: string[] = []
  let cell = ''
  let isQuoted = false
  let line = 1
  let begun = 1

  const endCell = () => {
    cells.push(cell)
    cell = ''
  }
  const endLine = () => {
    endCell()
    if (cells.some((one) => one.trim() !== '')) lines.push({ line: begun, cells })
    cells = []
  }
  for (let at = 0; at < source.length; at++) {
    const sign = source[at]!
    if (isQuoted) {
      if (sign === '\n') line += 1
      if (sign !== '"') cell += sign
      else if (source[at + 1] === '"') {
        cell += '"'
        at += 1
      } else isQuoted = false
    } else if (sign === '"' && cell === '') isQuoted = true
    else if (sign === separator) endCell()
    else if (sign === '\n' || sign === '\r') {
      if (sign === '\r' && source[at + 1] === '\n') at += 1
      endLine()
      line += 1
      begun = line
    } else cell += sign
  }
  if (cell !== '' || cells.length > 0) endLine()
  return lines
}

/**
 * `csvCell`: a value as a cell that no spreadsheet takes for a formula (SEC-39): a leading = + - @ tab or line break gets
 * an apostrophe before it. Numbers of ours are passed as numbers and stay numbers.
 */
export function csvCell(value: string | number | null | undefined): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'number') return String(value)
  const text = /^[=+\-@\t\r\n]|^[;,]\s*[=+\-@]/.test(value) ? `'${value}` : value
  return /[",;\t\r\n']|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** `csvText`: whole lines, with the line ends spreadsheets expect. */
export function csvText(
  rows: readonly (readonly (string | number | null | undefined)[])[],
): string {
  return rows.map((row) => `${row.map(csvCell).join(',')}\r\n`).join('')
}

function separatorOf(source: string): string {
  const head = /^[^\r\n]*/.exec(source)?.[0] ?? ''
  const counted = [',', ';', '\t'].map((sign) => ({ sign, count: head.split(sign).length }))
  return counted.reduce((best, one) => (one.count > best.count ? one : best)).sign
}
