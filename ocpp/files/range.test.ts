import { readRange } from './range'

const file = { size: 1000, etag: '"abc"' }

test.each([
  ['bytes=0-', { start: 0, end: 999 }],
  ['bytes=500-', { start: 500, end: 999 }],
  ['bytes=0-0', { start: 0, end: 0 }],
  ['bytes=990-5000', { start: 990, end: 999 }],
  ['bytes=-10', { start: 990, end: 999 }],
  ['bytes=-5000', { start: 0, end: 999 }],
  ['bytes=1000-', 'none'],
  ['bytes=-0', 'none'],
  ['bytes=5-2', null],
  ['bytes=-', null],
  ['bytes=0-1,5-9', null],
  ['lines=0-1', null],
  ['bytes=99999999999999999999999-', 'none'],
  ['', null],
])('%j asks for %j', (range, wanted) => {
  expect(readRange({ range }, file)).toEqual(wanted)
})

test('a range made for another file gets the whole one', () => {
  expect(readRange({ range: 'bytes=5-', ifRange: '"old"' }, file)).toBeNull()
  expect(readRange({ range: 'bytes=5-', ifRange: '"abc"' }, file)).toEqual({ start: 5, end: 999 })
})
