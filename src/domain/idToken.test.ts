import { appIdTag, maskUid, normaliseUid, sameCard } from './idToken'

describe('the normal form of a card', () => {
  test.each([
    ['F6CA0CC5', 'F6CA0CC5'],
    ['f6ca0cc5', 'F6CA0CC5'],
    [' F6 CA 0C C5', 'F6CA0CC5'],
    ['f6:ca:0c:c5', 'F6CA0CC5'],
    ['f6-ca-0c-c5 ', 'F6CA0CC5'],
    ['F6;CA;0C;C5', 'F6CA0CC5'],
    ['x;F6CA0CC5', 'F6CA0CC5'],
    ['TERMINAL7;f6ca0cc5', 'F6CA0CC5'],
    ['F6CA0CC5;NULL', 'F6CA0CC5'],
    ['F6CA0CC5;', 'F6CA0CC5'],
    ['F6CA0CC5\u0000\u0000', 'F6CA0CC5'],
    ['\ufeffF6CA0CC5\r\n', 'F6CA0CC5'],
    ['Ｆ６ＣＡ', 'F6CA'],
  ])('%j is the card %s', (raw, uid) => expect(normaliseUid(raw)).toBe(uid))

  test('nothing, blanks and separators alone are no card', () => {
    for (const raw of [null, undefined, '', '   ', ';', '::', '\u0000'])
      expect(normaliseUid(raw)).toBe('')
    expect(sameCard('', '')).toBe(false)
    expect(sameCard(null, undefined)).toBe(false)
    expect(sameCard(' ', ':')).toBe(false)
  })

  test('the normal form of a normal form is itself', () => {
    for (const raw of ['a b;c d e f', 'x;y', 'DE*ABC*1', '04:a2', 'ß', 'ı'])
      expect(normaliseUid(normaliseUid(raw))).toBe(normaliseUid(raw))
  })

  test('cards that differ in a character stay different', () => {
    expect(sameCard('F6CA0CC5', 'F6CA0CC6')).toBe(false)
    expect(sameCard('F6CA0CC5', 'F6CA0CC')).toBe(false)
    expect(sameCard('f6 ca 0c c5', 'F6:CA:0C:C5')).toBe(true)
  })
})

test('an app token is 16 upper-hex characters and refuses too little randomness', () => {
  expect(appIdTag(Uint8Array.from([0, 1, 2, 253, 254, 255, 16, 9, 77]))).toBe('000102FDFEFF1009')
  expect(() => appIdTag(new Uint8Array(7))).toThrow(RangeError)
})

test('a masked card shows at most its last four characters', () => {
  expect(maskUid('F6CA0CC5')).toBe('••••0CC5')
  expect(maskUid('0CC5')).toBe('••••')
})
