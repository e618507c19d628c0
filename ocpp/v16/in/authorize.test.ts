import { authorize } from './authorize'

const receivedAt = new Date('2026-11-24T10:00:05Z')
const context = { chargerId: 7, receivedAt }

test('the card travels as the charger read it; what it is worth is for the domain', () => {
  expect(authorize.toFact({ idTag: ' f6 ca 0c c5' }, context)).toEqual({
    kind: 'AuthorizationAsked',
    chargerId: 7,
    receivedAt,
    idToken: ' f6 ca 0c c5',
  })
})

test.each(['Accepted', 'Blocked', 'Expired', 'Invalid', 'ConcurrentTx'] as const)(
  '%s is told, with end and group only where there are any',
  (status) => {
    const now = receivedAt
    expect(authorize.toReply({ status, expiresAt: null, parentIdToken: null }, { now })).toEqual({
      idTagInfo: { status },
    })
    expect(
      authorize.toReply(
        { status, expiresAt: new Date('2027-01-01T00:00:00.500Z'), parentIdToken: 'GROUP' },
        { now },
      ),
    ).toEqual({
      idTagInfo: { status, expiryDate: '2027-01-01T00:00:00Z', parentIdTag: 'GROUP' },
    })
  },
)

test('a group longer than its member is left out: cut, it would be another group', () => {
  const outcome = { status: 'Accepted', expiresAt: null, parentIdToken: 'x'.repeat(21) } as const
  expect(authorize.toReply(outcome, { now: receivedAt })).toEqual({
    idTagInfo: { status: 'Accepted' },
  })
})
