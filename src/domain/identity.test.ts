import { readIdentity } from './identity'

describe('readIdentity', () => {
  test.each(['KP-07', 'RDAM|123', 'CP 1', 'a', 'x'.repeat(48), 'GB*CIT*E1=2+3@4._'])(
    'takes %s as it is',
    (text) => {
      expect(readIdentity(text)).toEqual({ identity: text })
    },
  )

  test('drops spaces around it', () => {
    expect(readIdentity('  KP-07 ')).toEqual({ identity: 'KP-07' })
  })

  test.each([
    '',
    '   ',
    null,
    7,
    'x'.repeat(49),
    'a/b',
    'a\\b',
    'a:b',
    'a?b',
    'a#b',
    'a%20b',
    '..',
    'Küste',
    'a\nb',
    'a\u0000b',
  ])('refuses %j with a sentence', (raw) => {
    const read = readIdentity(raw)
    expect('problem' in read && read.problem.length).toBeGreaterThan(10)
  })
})
