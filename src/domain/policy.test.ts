import {
  may,
  policyTable,
  roles,
  seesAllFields,
  type Action,
  type Resource,
  type Role,
} from './policy'

describe('the matrix of SECURITY.md', () => {
  test('holds rows 1 to 71, each with a cell for each of six roles', () => {
    const numbers = new Set(policyTable.map(([number]) => number))
    for (let number = 1; number <= 71; number++) expect(numbers).toContain(number)
    for (const [, , , cells] of policyTable) expect(cells).toMatch(/^([ASO]F?|-)( ([ASO]F?|-)){5}$/)
  })

  test.each<[Role, Resource, Action, string]>([
    ['super-admin', 'users', 'create', 'all'],
    ['operator', 'users', 'create', 'none'],
    ['operator', 'users', 'read', 'scope'],
    ['technician', 'users', 'read', 'none'],
    ['technician', 'own-account', 'read', 'own'],
    ['anonymous', 'drivers', 'register', 'all'],
    ['super-admin', 'drivers', 'register', 'none'],
    ['anonymous', 'chargers', 'read', 'none'],
    ['anonymous', 'chargers', 'read-public', 'all'],
    ['operator', 'chargers', 'update', 'scope'],
    ['operator', 'chargers', 'move', 'none'],
    ['technician', 'chargers', 'update', 'none'],
    ['technician', 'commands', 'reset', 'scope'],
    ['technician', 'commands', 'configure', 'none'],
    ['technician', 'commands', 'diagnose', 'scope'],
    ['operator', 'commands', 'configure-security', 'none'],
    ['operator', 'commands', 'data-transfer', 'none'],
    ['site-owner', 'commands', 'start', 'none'],
    ['driver', 'commands', 'start', 'none'],
    ['driver', 'commands', 'start-own', 'own'],
    ['super-admin', 'commands', 'start-own', 'none'],
    ['site-owner', 'statements', 'read', 'own'],
    ['driver', 'sessions', 'read', 'own'],
    ['technician', 'security-events', 'acknowledge', 'none'],
    ['site-owner', 'tickets', 'update', 'none'],
    ['operator', 'grants', 'create', 'none'],
  ])('%s, %s %s: %s', (role, resource, action, verdict) => {
    expect(may(role, resource, action)).toBe(verdict)
  })

  test.each<[Resource, Action]>([
    ['own-account', 'elevate'],
    ['charger-credentials', 'read'],
    ['sessions', 'update'],
    ['sessions', 'delete'],
    ['meter-values', 'create'],
    ['audit-log', 'delete'],
    ['jobs', 'run'],
    ['commands', 'delete'],
  ])('nobody may %s %s', (resource, action) => {
    for (const role of roles) expect(may(role, resource, action)).toBe('none')
  })
})

describe('deny by default', () => {
  test.each<[unknown, unknown, unknown]>([
    [undefined, 'sites', 'read'],
    [null, 'sites', 'read'],
    ['super-admin', undefined, 'read'],
    ['super-admin', 'sites', undefined],
    ['super-admin', 'sites', 'toString'],
    ['admin', 'sites', 'read'],
    ['__proto__', 'sites', 'read'],
    ['super-admin', 'constructor', 'read'],
    ['Super-Admin', 'sites', 'read'],
    [['super-admin'], 'sites', 'read'],
    [{}, {}, {}],
  ])('%j may not %j %j', (role, resource, action) => {
    const asked = [role as Role, resource as Resource, action as Action] as const
    expect(may(...asked)).toBe('none')
    expect(seesAllFields(...asked)).toBe(false)
  })
})

test('a subset of fields is said wherever the matrix says it', () => {
  expect(seesAllFields('operator', 'sessions', 'read')).toBe(true)
  expect(seesAllFields('technician', 'sessions', 'read')).toBe(false)
  expect(seesAllFields('anonymous', 'tariffs', 'read')).toBe(false)
  expect(seesAllFields('driver', 'sites', 'read')).toBe(false)
})
