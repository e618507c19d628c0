import { policyTable, roles, type Action, type Resource } from './policy'
import { holds, isInside, mayOwn, rolesAt, scopeFor, type Grant, type Scope } from './scope'

const now = new Date('2026-06-01T12:00:00Z')
const grant = (over: Partial<Grant>): Grant => ({
  role: 'operator',
  scope: 'sites',
  regionIds: [],
  siteIds: [],
  chargerIds: [],
  from: null,
  until: null,
  ...over,
})
const none: Scope = { kind: 'none' }

describe('what grants open', () => {
  test('no grants open nothing', () => {
    expect(scopeFor([], 'sites', 'read', now)).toEqual(none)
    expect(scopeFor(null, 'sites', 'read', now)).toEqual(none)
    expect(scopeFor(undefined, 'sites', 'read', now)).toEqual(none)
  })

  test('a list that is empty opens nothing, not everything', () => {
    for (const scope of ['regions', 'sites', 'chargers'] as const)
      expect(scopeFor([grant({ scope })], 'sites', 'read', now)).toEqual(none)
  })

  test('only the list that the scope names counts', () => {
    const both = grant({ scope: 'chargers', siteIds: [1], chargerIds: [9] })
    expect(scopeFor([both], 'chargers', 'read', now)).toEqual({
      kind: 'some',
      regionIds: [],
      siteIds: [],
      chargerIds: [9],
    })
  })

  test('several grants are united, each once, in order', () => {
    const grants = [
      grant({ siteIds: [3, 1] }),
      grant({ siteIds: [1] }),
      grant({ scope: 'regions', regionIds: [7] }),
      grant({ scope: 'chargers', chargerIds: [9] }),
    ]
    expect(scopeFor(grants, 'chargers', 'update', now)).toEqual({
      kind: 'some',
      regionIds: [7],
      siteIds: [1, 3],
      chargerIds: [9],
    })
  })

  test('an operator of A who is a technician of B changes the settings of A only', () => {
    const grants = [grant({ siteIds: [1] }), grant({ role: 'technician', siteIds: [2] })]
    expect(scopeFor(grants, 'chargers', 'read', now)).toMatchObject({ siteIds: [1, 2] })
    expect(scopeFor(grants, 'chargers', 'update', now)).toMatchObject({ siteIds: [1] })
  })

  test('an operator of all sites still may not create users', () => {
    expect(scopeFor([grant({ scope: 'all' })], 'sites', 'update', now)).toEqual({ kind: 'all' })
    expect(scopeFor([grant({ scope: 'all' })], 'users', 'create', now)).toEqual(none)
  })

  test('a super admin has everything; one whose grant names a site has that site', () => {
    expect(
      scopeFor([grant({ role: 'super-admin', scope: 'all' })], 'users', 'create', now),
    ).toEqual({ kind: 'all' })
    expect(
      scopeFor([grant({ role: 'super-admin', siteIds: [4] })], 'sites', 'create', now),
    ).toMatchObject({
      kind: 'some',
      siteIds: [4],
    })
  })

  test("a site owner's own statements are those of the sites given; the own account is no site", () => {
    const owner = [grant({ role: 'site-owner', siteIds: [5] })]
    expect(scopeFor(owner, 'statements', 'read', now)).toMatchObject({ siteIds: [5] })
    expect(scopeFor(owner, 'own-account', 'read', now)).toEqual(none)
    expect(mayOwn(owner, 'own-account', 'read', now)).toBe(true)
    expect(mayOwn([], 'own-account', 'read', now)).toBe(false)
  })

  test('unknown roles, unknown scopes and ids that are no numbers open nothing', () => {
    expect(
      scopeFor([grant({ role: 'root' as never, scope: 'all' })], 'sites', 'read', now),
    ).toEqual(none)
    expect(
      scopeFor([grant({ scope: 'world' as never, siteIds: [1] })], 'sites', 'read', now),
    ).toEqual(none)
    expect(scopeFor([grant({ siteIds: ['1', NaN, null] as never })], 'sites', 'read', now)).toEqual(
      none,
    )
  })
})

describe('when a grant holds', () => {
  const at = (text: string) => new Date(text)
  test('from its first instant to the one before its last', () => {
    const june = { from: at('2026-06-01T00:00:00Z'), until: at('2026-07-01T00:00:00Z') }
    expect(holds(june, at('2026-05-31T23:59:59.999Z'))).toBe(false)
    expect(holds(june, at('2026-06-01T00:00:00Z'))).toBe(true)
    expect(holds(june, at('2026-06-30T23:59:59.999Z'))).toBe(true)
    expect(holds(june, at('2026-07-01T00:00:00Z'))).toBe(false)
  })

  test('a date that cannot be read opens nothing', () => {
    expect(holds({ from: new Date(NaN), until: null }, now)).toBe(false)
    expect(holds({ from: null, until: new Date(NaN) }, now)).toBe(false)
    expect(holds({ from: null, until: null }, new Date(NaN))).toBe(false)
  })

  test('an expired super admin is nobody', () => {
    const expired = [grant({ role: 'super-admin', scope: 'all', until: now })]
    expect(scopeFor(expired, 'sites', 'read', now)).toEqual(none)
    expect(rolesAt(expired, now)).toEqual([])
  })
})

test('roles come strongest first, each once', () => {
  const grants = [grant({ role: 'technician' }), grant({}), grant({})]
  expect(rolesAt(grants, now)).toEqual(['operator', 'technician'])
})

test('a place is inside by its region, its site or itself, and unknown ids are outside', () => {
  const scope: Scope = { kind: 'some', regionIds: [1], siteIds: [2], chargerIds: [3] }
  expect(isInside(scope, { regionId: 1 })).toBe(true)
  expect(isInside(scope, { siteId: 2 })).toBe(true)
  expect(isInside(scope, { chargerId: 3, siteId: 9 })).toBe(true)
  expect(isInside(scope, { regionId: 2, siteId: 3, chargerId: 1 })).toBe(false)
  expect(isInside(scope, {})).toBe(false)
  expect(isInside(scope, { siteId: null })).toBe(false)
  expect(isInside({ kind: 'none' }, { siteId: 2 })).toBe(false)
})

test('more grants never open less: 2,000 seeded unions over the whole table', () => {
  let seed = 71
  const random = (below: number) => (seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31) % below
  for (let round = 0; round < 2000; round++) {
    const some = () =>
      grant({
        role: roles[random(6)],
        scope: (['all', 'regions', 'sites', 'chargers'] as const)[random(4)]!,
        regionIds: [random(3)],
        siteIds: [random(3)],
        chargerIds: [random(3)],
        until: random(4) === 0 ? now : null,
      })
    const row = policyTable[random(policyTable.length)]!
    const [resource, action] = [row[1] as Resource, row[2][random(row[2].length)] as Action]
    const [a, b] = [some(), some()]
    const place = { regionId: random(3), siteId: random(3), chargerId: random(3) }
    const alone = [a, b].some((one) => isInside(scopeFor([one], resource, action, now), place))
    expect(isInside(scopeFor([a, b], resource, action, now), place)).toBe(alone)
  }
})
