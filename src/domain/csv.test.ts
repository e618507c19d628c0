import { csvCell, csvText, readCsv } from './csv'

const cells = (text: string) => readCsv(text).map((line) => line.cells)

test.each([
  ['commas', 'a,b\n1,2\n'],
  ['semicolons, as Excel writes them in half of Europe', 'a;b\r\n1;2\r\n'],
  ['tabs, as a copied table has them', 'a\tb\n1\t2'],
  ['a byte order mark', '\ufeffa,b\n1,2'],
  ['the line ends of old Macs', 'a,b\r1,2'],
])('a file with %s is read', (_, text) => {
  expect(cells(text)).toEqual([
    ['a', 'b'],
    ['1', '2'],
  ])
})

test('a quoted cell may hold separators, quotes and line breaks', () => {
  expect(cells('a,b\n"x, ""y""\nz",2')).toEqual([
    ['a', 'b'],
    ['x, "y"\nz', '2'],
  ])
})

test('lines are numbered as an editor numbers them, empty ones counted and left out', () => {
  expect(readCsv('a,b\n\n"x\ny",1\n,,\n3,4').map(({ line }) => line)).toEqual([1, 3, 6])
})

test('an empty file has no lines, an unclosed quote ends with the file', () => {
  expect(cells('')).toEqual([])
  expect(cells('a\n"b')).toEqual([['a'], ['b']])
})

test('10,000 lines are read in no time', () => {
  const text = Array.from({ length: 10_000 }, (_, i) => `04${i},"card, ${i}",x`).join('\n')
  const begun = performance.now()
  expect(readCsv(text)).toHaveLength(10_000)
  expect(performance.now() - begun).toBeLessThan(1_000)
})

test.each([
  '=1+1',
  '+44 20 7946 0000',
  '-2',
  '@SUM(A1)',
  '\t=1',
  '\r=1',
  ';=1',
  '=cmd|"/c calc"!A1',
])('SEC-39 %j is text to every spreadsheet', (value) => {
  expect(csvCell(value)).toMatch(/^"?'/)
})

test('what is no formula stays as it is; a round trip keeps it', () => {
  expect(csvCell('04A2B3')).toBe('04A2B3')
  expect(csvCell(-5)).toBe('-5')
  expect(csvCell(null)).toBe('')
  const row = ['plain', 'a "quoted" one', 'with, comma', 'two\nlines', ' kept ']
  expect(cells(csvText([row]))).toEqual([row])
})
