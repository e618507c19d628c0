import { rollUpOrder } from './connector'
import { addCounts, countAll, worstFirst, worstOf } from './siteStatus'

test('every status of a charger has its place in the order', () => {
  expect([...worstFirst].sort()).toEqual([...rollUpOrder].sort())
})

test('a site with one fault is faulted, whatever else charges there', () => {
  expect(worstOf({ Charging: 7, Available: 3, Faulted: 1 })).toBe('Faulted')
  expect(worstOf({ Charging: 7, Offline: 1 })).toBe('Offline')
  expect(worstOf({ Charging: 1, Available: 9 })).toBe('Charging')
})

test('a site without chargers, or with none left, has no status', () => {
  expect(worstOf({})).toBeNull()
  expect(worstOf({ Faulted: 0 })).toBeNull()
})

test('places together count their chargers together', () => {
  const both = addCounts({ Available: 2, Faulted: 1 }, { Available: 1, Offline: 4 })
  expect(both).toEqual({ Available: 3, Faulted: 1, Offline: 4 })
  expect(countAll(both)).toBe(8)
})
