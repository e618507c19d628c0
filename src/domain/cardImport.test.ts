import { cardColumns, linesMost, readCardFile } from './cardImport'

const read = (text: string) => {
  const file = readCardFile(text)
  if (file.kind === 'unreadable') throw new Error(file.sentence)
  return file
}
const first = (text: string) => read(text).cards[0]
const reasons = (text: string) => read(text).skipped.map(({ line, reason }) => `${line}: ${reason}`)

test('every column of the sample is understood', () => {
  const text = `${cardColumns.join(',')}
04:a2:b3:c4,Blue 7,Blocked,2027-12-31,Anna@Example.test,Anna Hill,Couriers,AB12 CDE,Leeds Dock,GROUP1,"spare, in the safe"`
  expect(first(text)).toEqual({
    line: 2,
    uid: '04A2B3C4',
    label: 'Blue 7',
    status: 'blocked',
    expiresAt: new Date('2028-01-01T00:00:00Z'),
    driverEmail: 'anna@example.test',
    driverName: 'Anna Hill',
    fleet: 'Couriers',
    vehicle: 'AB12 CDE',
    site: 'Leeds Dock',
    parentIdTag: 'GROUP1',
    note: 'spare, in the safe',
  })
})

test('titles are understood as people write them, in any order, unknown ones left alone', () => {
  const card = first('E-Mail;Card number;Colour;Driver name\nben@example.test;04AA11;red;Ben')
  expect(card).toMatchObject({ uid: '04AA11', driverEmail: 'ben@example.test', driverName: 'Ben' })
})

test('an empty cell says nothing about the card', () => {
  expect(first('uid,label,status\n04AA11,,')).toMatchObject({ label: null, status: null })
})

test('what was kept from being a formula is the text again', () => {
  expect(first(`uid,label\n04AA11,"'=Blue"`)).toMatchObject({ label: '=Blue' })
})

test.each([
  ['uid,label\n,Blue 7', 'There is no card number'],
  ['uid\n04', '4 to 40'],
  [`uid\n${'A'.repeat(41)}`, '4 to 40'],
  ['uid\n1.23E+13', 'power of ten'],
  ['uid,status\n04AA11,sold', 'is no status'],
  ['uid,expires\n04AA11,31/12/2027', 'is no date'],
  ['uid,expires\n04AA11,2027-02-30', 'is no date'],
  ['uid,email\n04AA11,ben', 'is no e-mail'],
  ['uid,name\n04AA11,Ben', 'give driver_email'],
  [`uid,group id\n04AA11,${'G'.repeat(21)}`, '20 characters'],
  [`uid,note\n04AA11,${'x'.repeat(501)}`, '500'],
])('%j is left out with its reason', (text, reason) => {
  expect(read(text)).toMatchObject({
    cards: [],
    skipped: [{ line: 2, reason: expect.stringContaining(reason) as string }],
  })
})

test('a card that stands twice counts once; the second says where the first is', () => {
  expect(reasons('uid\n04AA11\n04 aa-11\n04AA12')).toEqual(['3: The same card stands in line 2.'])
})

test.each([
  ['', 'empty'],
  ['label,status\nx,active', 'uid'],
  ['uid,label\n', 'no cards'],
  [`uid\n${'04AA11\n'.repeat(linesMost + 1)}`, 'at most'],
])('%# a file that is no list of cards says why', (text, word) => {
  expect(readCardFile(text)).toEqual({
    kind: 'unreadable',
    sentence: expect.stringContaining(word) as string,
  })
})
