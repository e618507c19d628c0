import { toInteger, toText } from './decimal'

test.each([
  [450_000, 6, '0.45'],
  [452_500, 6, '0.4525'],
  [1, 6, '0.000001'],
  [0, 6, '0.00'],
  [150, 2, '1.50'],
  [5, 0, '5'],
  [1_234_567, 3, '1234.567'],
])('%d with %d digits is typed as %s and read back', (value, digits, text) => {
  expect(toText(value, digits)).toBe(text)
  expect(toInteger(text, digits)).toBe(value)
})

test('a decimal comma is a point, an empty box is nothing', () => {
  expect(toInteger('0,45', 6)).toBe(450_000)
  expect(toInteger(' ', 6)).toBeNull()
  expect(toText(null, 6)).toBe('')
})

test.each(['1.2.3', 'x', '-1', '1e3', '0.1234567', '1,000.50'])(
  '%s is refused, not guessed',
  (text) => {
    expect(toInteger(text, 6)).toBeUndefined()
  },
)
