import { sayKnock } from './knock'

const causes = [
  'not-ready',
  'too-many-connections',
  'bad-request',
  'bad-path',
  'too-many-failures',
  'no-password',
  'wrong-username',
  'unknown-charger',
  'wrong-password',
  'disabled',
  'subprotocol',
]

test.each(causes)('%s has words of its own and a next step', (cause) => {
  const words = sayKnock({ cause, isRegistered: true })
  expect(words.title).not.toBe('Not let in')
  expect(words.steps.length).toBeGreaterThan(0)
})

test('a stranger can be registered, one that is registered meanwhile waits for its next try', () => {
  expect(sayKnock({ cause: 'unknown-charger', isRegistered: false }).remedy).toBe('register')
  expect(sayKnock({ cause: 'unknown-charger', isRegistered: true }).remedy).toBeNull()
})

test('a cause nobody foresaw is shown by its name', () => {
  expect(sayKnock({ cause: 'moon-phase', isRegistered: false }).sentence).toContain('moon-phase')
})
