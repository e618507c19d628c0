import { createAttempts } from './attempts'

const limit = { max: 20, windowMs: 60_000, keysMax: 3 }

test('the 20th is in, the 21st is over, and a minute of quiet clears it', () => {
  const attempts = createAttempts(limit)
  for (let n = 0; n < 20; n++) {
    expect(attempts.isOver('a', n * 1000)).toBe(false)
    attempts.add('a', n * 1000)
  }
  expect(attempts.isOver('a', 20_000)).toBe(true)
  expect(attempts.isOver('a', 59_999)).toBe(true)
  expect(attempts.isOver('b', 20_000)).toBe(false)
  expect(attempts.isOver('a', 120_000)).toBe(false)
})

test('the window slides: twenty at its end still count in the next', () => {
  const attempts = createAttempts(limit)
  attempts.add('a', 0)
  for (let n = 0; n < 19; n++) attempts.add('a', 59_000)
  attempts.add('a', 61_000)
  expect(attempts.isOver('a', 61_000)).toBe(true)
  expect(attempts.isOver('a', 90_000)).toBe(false)
})

test('what is forgotten is forgotten', () => {
  const attempts = createAttempts({ ...limit, max: 1 })
  attempts.add('a', 0)
  attempts.forget('a')
  expect(attempts.isOver('a', 1)).toBe(false)
})

test('of too many keys the oldest goes', () => {
  const attempts = createAttempts({ ...limit, max: 1 })
  for (const key of ['a', 'b', 'c', 'd']) attempts.add(key, 0)
  expect(['a', 'b', 'c', 'd'].map((key) => attempts.isOver(key, 1))).toEqual([
    false,
    true,
    true,
    true,
  ])
})

test('a clock that is set back forgets rather than locks out', () => {
  const attempts = createAttempts({ ...limit, max: 1 })
  attempts.add('a', 1_000_000)
  expect(attempts.isOver('a', 0)).toBe(false)
})
