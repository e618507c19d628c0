import { changesOf, sayAudit } from './sayAudit'

test('what somebody did is said in the words of the screens', () => {
  expect(sayAudit({ action: 'update', resource: 'chargers' })).toBe('Changed the charger')
  expect(sayAudit({ action: 'update', resource: 'connectors' })).toBe('Changed the connector')
  expect(sayAudit({ action: 'rotate-password', resource: 'chargers' })).toBe('Made a new password')
  expect(sayAudit({ action: 'command Nonsense', resource: 'commands' })).toBe('Nonsense')
})

test('each field that changed has its old and its new value', () => {
  expect(
    changesOf({
      before: JSON.stringify({ name: 'Bay 3', visibility: 'private', note: null }),
      after: JSON.stringify({ name: 'Villa', visibility: 'public', note: '' }),
    }),
  ).toEqual([
    { field: 'Name', before: 'Bay 3', after: 'Villa' },
    { field: 'Mode', before: 'private', after: 'public' },
  ])
  expect(changesOf({ before: null, after: '{"serialNumber":"7","approvedCards":[1,2]}' })).toEqual([
    { field: 'Serial number', before: null, after: '7' },
    { field: 'Approved cards', before: null, after: '1, 2' },
  ])
})

test('people, groups and cards stand by their names; whom the reader may not know stays a number', () => {
  const names = { approvedDrivers: { 1: 'Anna Hill' }, approvedFleets: {}, approvedCards: {} }
  const row = { before: '{"approvedDrivers":[1]}', after: '{"approvedDrivers":[1,2]}' }
  expect(changesOf(row, names)).toEqual([
    { field: 'Approved users', before: 'Anna Hill', after: 'Anna Hill, no. 2' },
  ])
})

test('a row that cannot be read shows no changes and breaks nothing', () => {
  expect(changesOf({ before: 'not json', after: '[1]' })).toEqual([])
})
