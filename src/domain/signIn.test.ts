import { signInRules, slowDownMs, waitSeconds } from './signIn'

const since = new Date('2026-11-28T10:00:00Z')
const after = (seconds: number) => new Date(since.getTime() + seconds * 1000)

test('the sixth try for an account from one address waits until the quarter of an hour is over', () => {
  expect(waitSeconds('account', { tries: 5, since }, after(10))).toBeNull()
  expect(waitSeconds('account', { tries: 6, since }, after(10))).toBe(890)
  expect(waitSeconds('account', { tries: 6, since }, after(899.5))).toBe(1)
  expect(waitSeconds('account', { tries: 600, since }, after(900))).toBeNull()
})

test('an account that is tried from everywhere is slowed down and never shut', () => {
  expect(slowDownMs(signInRules.everywhere.most)).toBe(0)
  expect(slowDownMs(signInRules.everywhere.most + 5)).toBe(500)
  expect(slowDownMs(100_000)).toBe(2_000)
})
