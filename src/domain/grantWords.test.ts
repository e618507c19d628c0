import { grantState, sayGrant, type SaidGrant } from './grantWords'

const now = new Date('2026-11-25T12:00:00Z')
const grant = (change: Partial<SaidGrant> = {}): SaidGrant => ({
  role: 'operator',
  scope: 'sites',
  names: ['Leeds Dock'],
  count: 1,
  from: null,
  until: null,
  ...change,
})
const say = (change: Partial<SaidGrant> = {}) => sayGrant(grant(change), now, 'Europe/London')

test.each<[Partial<SaidGrant>, string]>([
  [{}, 'Operator · Leeds Dock'],
  [{ until: new Date('2027-01-01T00:00:00Z') }, 'Operator · Leeds Dock, until 31 Dec 2026'],
  [{ role: 'super-admin', scope: 'all', names: [], count: 0 }, 'Super Admin · whole network'],
  [
    { names: ['A', 'B', 'C', 'D'], count: 12, scope: 'chargers', role: 'technician' },
    'Technician · A, B, C and 9 more',
  ],
  [{ from: new Date('2026-12-01T00:00:00Z') }, 'Operator · Leeds Dock, from 1 Dec 2026'],
  [
    { from: new Date('2026-12-01T00:00:00Z'), until: new Date('2026-12-25T00:00:00Z') },
    'Operator · Leeds Dock, from 1 Dec 2026, until 24 Dec 2026',
  ],
  [{ until: new Date('2026-11-01T00:00:00Z') }, 'Operator · Leeds Dock, ended 31 Oct 2026'],
  [{ names: [], count: 0 }, 'Operator · no sites'],
])('%j reads %s', (change, words) => {
  expect(say(change)).toBe(words)
})

test('midnight is that of the place: in summer London is an hour ahead of UTC', () => {
  expect(say({ until: new Date('2027-06-30T23:00:00Z') })).toContain('until 30 Jun 2027')
})

test.each([
  [{ until: now }, 'over'],
  [{ from: now }, 'now'],
  [{ from: new Date('2026-11-25T12:00:01Z') }, 'later'],
] as const)('%j is %s', (change, state) => {
  expect(grantState(grant(change), now)).toBe(state)
})
