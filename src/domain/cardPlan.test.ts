import type { CardLine } from './cardImport'
import { nameKey, planImport, type KnownCard, type KnownWorld } from './cardPlan'

const line = (change: Partial<CardLine> = {}): CardLine => ({
  line: 2,
  uid: '04AA11',
  label: null,
  status: null,
  expiresAt: null,
  driverEmail: null,
  driverName: null,
  fleet: null,
  vehicle: null,
  site: null,
  parentIdTag: null,
  note: null,
  ...change,
})

const kept: KnownCard = {
  id: 7,
  uid: '04AA11',
  isMine: true,
  label: 'Blue 7',
  status: 'active',
  expiresAt: null,
  driverId: 1,
  fleetId: null,
  vehicleId: null,
  siteId: 3,
  parentIdTag: null,
  note: null,
}

const world = (change: Partial<KnownWorld> = {}): KnownWorld => ({
  cards: new Map(),
  drivers: new Map([
    ['anna@example.test', { id: 1, isSeen: true }],
    ['hidden@example.test', { id: 2, isSeen: false }],
  ]),
  fleets: new Map([[nameKey('Couriers'), 5]]),
  vehicles: new Map([[nameKey('AB12 CDE'), 6]]),
  sites: new Map([[nameKey('Leeds Dock'), 3]]),
  defaultSiteId: null,
  demandsSite: false,
  ...change,
})

const withKept = (change: Partial<KnownCard> = {}) =>
  world({ cards: new Map([['04AA11', { ...kept, ...change }]]) })

const skipped = (wish: CardLine, at: KnownWorld) => planImport([wish], at).outcomes[0]?.reason

test('an unknown card is created, active, with what the line names', () => {
  const wish = line({ driverEmail: 'anna@example.test', fleet: 'couriers', vehicle: 'ab12cde' })
  const plan = planImport([wish], world())
  expect(plan.outcomes).toEqual([{ line: 2, uid: '04AA11', outcome: 'created', reason: null }])
  expect(plan.cards[0]?.fields).toMatchObject({
    status: 'active',
    driverId: 1,
    fleetId: 5,
    vehicleId: 6,
  })
})

test('a known card is updated with what the line says and keeps the rest', () => {
  const plan = planImport([line({ status: 'lost' })], withKept())
  expect(plan.outcomes[0]).toMatchObject({ outcome: 'updated' })
  expect(plan.cards[0]).toMatchObject({
    cardId: 7,
    before: { status: 'active' },
    fields: { status: 'lost', label: 'Blue 7', driverId: 1, siteId: 3 },
  })
})

test('a new driver is made once for all of his cards, and told at the first', () => {
  const ben = { driverEmail: 'ben@example.test', driverName: 'Ben' }
  const plan = planImport(
    [line(ben), line({ ...ben, line: 3, uid: '04AA12' })],
    world({ defaultSiteId: 3 }),
  )
  expect(plan.drivers).toEqual([{ email: 'ben@example.test', name: 'Ben', siteId: 3 }])
  expect(plan.outcomes.map(({ reason }) => reason)).toEqual(['with the new driver Ben', null])
  expect(plan.cards.map((card) => card.newDriverEmail)).toEqual([
    'ben@example.test',
    'ben@example.test',
  ])
})

test.each<[string, CardLine, KnownWorld, string]>([
  ['says nothing new', line({ label: 'Blue 7' }), withKept(), 'Nothing to change.'],
  ['is somebody else’s', line({ status: 'lost' }), withKept({ isMine: false }), 'not yours'],
  ['names no fleet of ours', line({ fleet: 'Nobody' }), world(), 'no fleet "Nobody"'],
  ['names no vehicle of ours', line({ vehicle: 'X' }), world(), 'no vehicle "X"'],
  ['names a site one does not run', line({ site: 'Goole' }), world(), 'no site "Goole"'],
  ['names an unknown driver', line({ driverEmail: 'x@y.test' }), world(), 'Give driver_name'],
  [
    'names a driver out of sight',
    line({ driverEmail: 'hidden@example.test', driverName: 'X' }),
    world(),
    'not among those',
  ],
  ['needs a site', line(), world({ demandsSite: true }), 'column site'],
])('a line that %s is skipped', (_what, wish, at, reason) => {
  expect(skipped(wish, at)).toContain(reason)
})

test('an operator’s new card stands at his own site', () => {
  const plan = planImport([line()], world({ demandsSite: true, defaultSiteId: 3 }))
  expect(plan.cards[0]?.fields.siteId).toBe(3)
})

test('what is skipped plans nothing: no card, no driver', () => {
  const plan = planImport(
    [line({ driverEmail: 'ben@example.test', driverName: 'Ben', fleet: 'Nobody' })],
    world(),
  )
  expect(plan).toMatchObject({ cards: [], drivers: [] })
})
