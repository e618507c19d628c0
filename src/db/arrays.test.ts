import { int4Array, int8Array, jsonText } from './arrays'

const HEADER_BYTES = 20

test('a number that no column holds becomes the nearest it does', () => {
  const four = int4Array([2 ** 53, -1e308, 7]).subarray(HEADER_BYTES)
  expect([0, 8, 16].map((at) => four.readInt32BE(at + 4))).toEqual([2 ** 31 - 1, -(2 ** 31), 7])
  const eight = int8Array([1e308, -1e308, 2 ** 53]).subarray(HEADER_BYTES)
  expect(eight.readBigInt64BE(4)).toBeGreaterThan(9n * 10n ** 18n)
  expect(eight.readBigInt64BE(16)).toBeLessThan(-9n * 10n ** 18n)
  expect(eight.readBigInt64BE(28)).toBe(2n ** 53n)
})

test('JSON for jsonb has no U+0000 and no lone surrogate, and keeps what only looks like one', () => {
  expect(jsonText({ text: 'a\u0000b', half: '\ud800', whole: '💥', spelled: '\\u0000' })).toBe(
    '{"text":"a\ufffdb","half":"\ufffd","whole":"💥","spelled":"\\\\u0000"}',
  )
})
