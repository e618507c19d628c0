import { authorize, type KnownCard } from './authorize'

const now = new Date('2026-11-24T12:00:00Z')
const active: KnownCard = {
  status: 'active',
  expiresAt: null,
  parentIdToken: 'FLEET1',
  isDriverSuspended: false,
  isHeldElsewhere: false,
  isBudgetSpent: false,
}
const context = { now, isOurStart: false, acceptsUnknown: false, isShutOut: false }

test('an active card is accepted and its group is told', () => {
  expect(authorize(active, context)).toEqual({
    status: 'Accepted',
    expiresAt: null,
    parentIdToken: 'FLEET1',
  })
})

test.each([
  ['a blocked card', { status: 'blocked' }, 'Blocked'],
  ['a lost card', { status: 'lost' }, 'Blocked'],
  ['a card of a suspended driver', { isDriverSuspended: true }, 'Blocked'],
  ['a card marked expired', { status: 'expired' }, 'Expired'],
  ['a card whose date has passed', { expiresAt: new Date('2026-11-24T11:59:59Z') }, 'Expired'],
  ['a card whose date is this instant', { expiresAt: now }, 'Expired'],
  ['a card that holds another session', { isHeldElsewhere: true }, 'ConcurrentTx'],
  ['a card whose budget is used up', { isBudgetSpent: true }, 'Blocked'],
  ['a card that expires tomorrow', { expiresAt: new Date('2026-11-25T12:00:00Z') }, 'Accepted'],
  ['a lost card that also expired', { status: 'lost', expiresAt: new Date(0) }, 'Blocked'],
] as const)('%s is %s', (_what, change, status) => {
  expect(authorize({ ...active, ...change }, context).status).toBe(status)
})

test('an unknown card is invalid', () => {
  expect(authorize(null, context).status).toBe('Invalid')
})

test('a token that we sent with a remote start is accepted without a card', () => {
  expect(authorize(null, { ...context, isOurStart: true }).status).toBe('Accepted')
})

test('an operator may accept every card', () => {
  expect(authorize(null, { ...context, acceptsUnknown: true }).status).toBe('Accepted')
})

test('a blocked card stays blocked, even when our own remote start used it', () => {
  const blocked = { ...active, status: 'blocked' as const }
  expect(authorize(blocked, { ...context, isOurStart: true, acceptsUnknown: true }).status).toBe(
    'Blocked',
  )
})

describe('a private charger that names whom it serves', () => {
  const shut = { ...context, isShutOut: true }

  test('turns everybody else away, and tells nothing of the card', () => {
    expect(authorize(active, shut)).toEqual({
      status: 'Invalid',
      expiresAt: null,
      parentIdToken: null,
    })
    expect(authorize(null, shut).status).toBe('Invalid')
  })

  test('does so where all unknown cards are accepted', () => {
    expect(authorize(null, { ...shut, acceptsUnknown: true }).status).toBe('Invalid')
  })

  test('takes what we started there ourselves, known or not', () => {
    expect(authorize(active, { ...shut, isOurStart: true }).status).toBe('Accepted')
    expect(authorize(null, { ...shut, isOurStart: true }).status).toBe('Accepted')
  })

  test.each([
    ['a blocked card', { status: 'blocked' }, 'Blocked'],
    ['an expired card', { status: 'expired' }, 'Expired'],
    ['a card that charges elsewhere', { isHeldElsewhere: true }, 'Invalid'],
  ] as const)('%s is %s there', (_what, change, status) => {
    expect(authorize({ ...active, ...change }, shut).status).toBe(status)
  })
})
