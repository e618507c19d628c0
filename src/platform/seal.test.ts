import { randomBytes } from 'node:crypto'

import { seal, unseal } from './seal'

const key = randomBytes(32)

test('what was sealed opens with the same key for the same use, and is not to be read', () => {
  const sealed = seal('a secret with £ and ü', 'webhook', key)
  expect(sealed).not.toContain('secret')
  expect(unseal(sealed, 'webhook', key)).toBe('a secret with £ and ü')
  expect(seal('a secret with £ and ü', 'webhook', key)).not.toBe(sealed)
})

test.each([
  ['another key', (sealed: string) => unseal(sealed, 'webhook', randomBytes(32))],
  ['another use', (sealed: string) => unseal(sealed, 'totp', key)],
  ['a changed byte', (sealed: string) => unseal(`${sealed.slice(0, -2)}AA`, 'webhook', key)],
  ['half of it', (sealed: string) => unseal(sealed.slice(0, 20), 'webhook', key)],
  ['plain text', () => unseal('plain', 'webhook', key)],
])('%s opens nothing', (_, open) => {
  expect(open(seal('a long enough secret', 'webhook', key))).toBeNull()
})
