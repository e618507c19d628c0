import { shareOf, utilisation } from './usage'

test('a share of nothing is not known, and none is more than all', () => {
  expect(shareOf(0, 0)).toBeNull()
  expect(shareOf(3, 4)).toBe(0.75)
  expect(shareOf(5, 4)).toBe(1)
})

test('two connectors of which one is used for six hours of a day are in use an eighth of their time', () => {
  expect(utilisation(6 * 3600, 2, 1)).toBe(0.125)
  expect(utilisation(0, 0, 1)).toBeNull()
})
