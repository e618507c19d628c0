import { highlights, likePatterns, readSearch } from './find'

describe('what is typed into the find box', () => {
  test('is words, a card number and a number at once', () => {
    expect(readSearch('  Bay   3 ')).toEqual({
      words: ['bay', '3'],
      phrase: 'bay 3',
      uid: 'BAY3',
      number: null,
    })
    expect(readSearch('04:a2:b3:c4')).toMatchObject({ uid: '04A2B3C4', number: null })
    expect(readSearch('#1042')).toMatchObject({ number: 1042 })
    expect(readSearch('1042')).toMatchObject({ number: 1042, uid: '1042' })
  })

  test('is nothing where nothing was typed', () => {
    expect(readSearch('')).toBeNull()
    expect(readSearch(' \u0000 ')).toBeNull()
  })

  test('never grows beyond what a statement takes', () => {
    const search = readSearch('a b c d e f g '.repeat(50))
    expect(search!.words).toHaveLength(5)
    expect(search!.phrase.length).toBeLessThanOrEqual(80)
  })
})

test('signs of LIKE are letters like others', () => {
  expect(likePatterns('50%_a')).toEqual(['%50\\%\\_a%'])
})

test('a short word counts at the beginning of words only', () => {
  expect(likePatterns('ba')).toEqual(['% ba%', '%-ba%'])
})

test('what was found is marked, whatever its case, longest first', () => {
  expect(highlights('Leeds Bay 3', ['bay', '3'])).toEqual([
    { text: 'Leeds ', isHit: false },
    { text: 'Bay', isHit: true },
    { text: ' ', isHit: false },
    { text: '3', isHit: true },
  ])
  expect(highlights('LEEDS-01', ['1'])).toEqual([{ text: 'LEEDS-01', isHit: false }])
  expect(highlights('(a.b)', ['a.b'])).toEqual([
    { text: '(', isHit: false },
    { text: 'a.b', isHit: true },
    { text: ')', isHit: false },
  ])
})
