/**
 * Who may do what: SECURITY.md §2.7 as data. Access hooks, SQL scopes, the live channel, the tests of all three and the
 * documentation are made from this one table. Deny by default: what is not in it, nobody may.
 *
 * A cell: `A` all · `S` inside the grant's scope · `O` own records · `-` denied; `F` behind it: a subset of the fields.
 */
export const roles = [
  'super-admin',
  'operator',
  'technician',
  'site-owner',
  'driver',
  'anonymous',
] as const
export type Role = (typeof roles)[number]

export type Verdict = 'all' | 'scope' | 'own' | 'none'

type Row = readonly [
  number: number,
  resource: string,
  actions: readonly string[],
  cells: string,
  note?: string,
]

/** Rows 1–71 in the order of SECURITY.md; cells in the order of `roles`. */
const matrix = [
  [
    1,
    'users',
    ['read'],
    'A SF - - - -',
    'technicians and site owners read themselves only, by row 6',
  ],
  [2, 'users', ['create'], 'A - - - - -'],
  [3, 'users', ['update', 'assign'], 'A - - - - -', 'role, site assignment, status'],
  [4, 'users', ['reset-second-factor', 'unlock', 'revoke-sessions'], 'A - - - - -'],
  [5, 'users', ['delete'], 'A - - - - -'],
  [6, 'own-account', ['read', 'update'], 'O O O O O -', 'name, phone, locale'],
  [7, 'own-account', ['change-password', 'enrol-second-factor', 'manage-sessions'], 'O O O O O -'],
  [8, 'own-account', ['elevate'], '- - - - - -', 'own role, sites, status, e-mail-verified flag'],
  [9, 'drivers', ['read'], 'A SF - - O -'],
  [10, 'drivers', ['register'], '- - - - - A'],
  [11, 'drivers', ['create', 'update', 'suspend'], 'A S - - - -'],
  [12, 'drivers', ['delete', 'anonymise'], 'A - - - O -', 'a driver requests it'],
  [13, 'organisations', ['read'], 'A S - OF - -'],
  [14, 'organisations', ['create', 'update', 'delete', 'bank-data'], 'A - - - - -'],
  [15, 'sites', ['read'], 'A S S S - -', 'the full record'],
  [16, 'sites', ['read-public'], 'A A A A A A', 'name, address, status, tariff; /api/app/v1 only'],
  [17, 'sites', ['create', 'delete'], 'A - - - - -'],
  [18, 'sites', ['update'], 'A S - - - -'],
  [19, 'chargers', ['read'], 'A S S SF - -', 'serial, ICCID, IP, firmware, error text'],
  [
    20,
    'chargers',
    ['read-public'],
    'A A A A A A',
    'no identity used on the OCPP URL; /api/app/v1 only',
  ],
  [21, 'chargers', ['create', 'delete'], 'A S - - - -'],
  [22, 'chargers', ['update'], 'A S - - - -', 'descriptive fields'],
  [23, 'chargers', ['move'], 'A - - - - -', 'to another site or organisation'],
  [24, 'charger-credentials', ['set', 'rotate'], 'A S - - - -', 'shown once'],
  [25, 'charger-credentials', ['read'], '- - - - - -', 'hash or clear: never'],
  [26, 'charger-certificates', ['install', 'delete', 'sign'], 'A S - - - -'],
  [27, 'connectors', ['change-availability'], 'A S S - - -'],
  [28, 'commands', ['start'], 'A S S - - -', 'any card'],
  [29, 'commands', ['start-own'], '- - - - O -', 'own token on an available connector'],
  [30, 'commands', ['stop'], 'A S S - - -', 'any session'],
  [31, 'commands', ['stop-own'], '- - - - O -', 'own running session'],
  [32, 'commands', ['unlock'], 'A S S - O -', 'a driver: own session just ended'],
  [33, 'commands', ['reset'], 'A S S - - -', 'soft and hard'],
  [34, 'commands', ['configure'], 'A S - - - -', 'non-security keys'],
  [
    35,
    'commands',
    ['configure-security'],
    'A - - - - -',
    'AuthorizationKey, SecurityProfile, URL of the system',
  ],
  [36, 'commands', ['diagnose'], 'A S S - - -'],
  [37, 'commands', ['update-firmware'], 'A S S - - -', 'technicians: an image already in the list'],
  [38, 'commands', ['data-transfer'], 'A - - - - -', 'raw'],
  [39, 'charging-profiles', ['create', 'clear'], 'A S - - - -'],
  [40, 'reservations', ['create', 'cancel'], 'A S - - - -', 'any'],
  [41, 'reservations', ['create-own', 'cancel-own'], '- - - - O -'],
  [42, 'local-auth-list', ['send', 'read'], 'A S - - - -'],
  [43, 'rfid-cards', ['read'], 'A SF - - O -', 'operators: masked'],
  [44, 'rfid-cards', ['create', 'update', 'block', 'assign', 'delete'], 'A S - - - -'],
  [45, 'sessions', ['read'], 'A S SF SF O -', 'technicians and site owners: no driver identity'],
  [46, 'sessions', ['update'], '- - - - - -', 'energy, times or cost'],
  [47, 'sessions', ['correct'], 'A - - - - -', 'adjustment record, append only, reason required'],
  [48, 'sessions', ['delete'], '- - - - - -'],
  [49, 'meter-values', ['read'], 'A S S S O -'],
  [50, 'meter-values', ['create', 'update', 'delete'], '- - - - - -'],
  [51, 'tariffs', ['read'], 'A S - S AF AF', 'drivers and the public: the public part'],
  [52, 'tariffs', ['create', 'update', 'delete'], 'A S - - - -'],
  [53, 'receipts', ['read', 'download'], 'A S - - O -'],
  [54, 'statements', ['read', 'download'], 'A S - O - -'],
  [55, 'statements', ['create', 'mark-paid'], 'A - - - - -'],
  [56, 'payment-methods', ['read', 'create', 'delete'], '- - - - O -'],
  [57, 'exports', ['sessions', 'chargers'], 'A S - SF - -'],
  [
    58,
    'report-schedules',
    ['read', 'create', 'update', 'delete'],
    'A S - O - -',
    'site owners: self as recipient only',
  ],
  [59, 'firmware-files', ['upload', 'delete'], 'A - - - - -'],
  [60, 'firmware-files', ['download'], 'A S - - - -', 'by browser'],
  [61, 'diagnostics-files', ['download'], 'A S S - - -'],
  [62, 'ocpp-messages', ['read'], 'A S S - - -', 'secrets masked'],
  [63, 'audit-log', ['read'], 'A S - - - -'],
  [64, 'audit-log', ['create', 'update', 'delete'], '- - - - - -'],
  [65, 'security-events', ['read'], 'A S S - - -'],
  [65, 'security-events', ['acknowledge'], 'A S - - - -', 'technicians read only'],
  [66, 'settings', ['read', 'update'], 'A - - - - -', 'secrets masked'],
  [67, 'jobs', ['read', 'create', 'update', 'delete', 'run'], '- - - - - -'],
  [
    68,
    'preferences',
    ['read', 'create', 'update', 'delete'],
    'O O O O - -',
    'also locked documents',
  ],
  [69, 'live', ['subscribe-fleet'], 'A S S SF - -'],
  [70, 'live', ['subscribe-session'], 'A S S - O -'],
  [71, 'tickets', ['create', 'read'], 'A S S S O -'],
  [71, 'tickets', ['update'], 'A S S - O -', 'site owners create and read'],
] as const satisfies readonly Row[]

/** What the matrix implies for collections it does not name; the number is the row each follows. */
const implied = [
  [3, 'grants', ['read', 'create', 'update', 'delete'], 'A - - - - -', 'a role or an assignment'],
  [15, 'regions', ['read'], 'A S S S - -', 'as sites'],
  [
    17,
    'regions',
    ['create', 'update', 'delete'],
    'A - - - - -',
    'as creating sites: a region widens grants',
  ],
  [19, 'connectors', ['read'], 'A S S SF - -', 'as chargers'],
  [21, 'connectors', ['create', 'delete'], 'A S - - - -', 'as chargers'],
  [22, 'connectors', ['update'], 'A S - - - -', 'as chargers'],
  [46, 'commands', ['update', 'delete'], '- - - - - -', 'history, as sessions'],
  [62, 'commands', ['read'], 'A S S - - -', 'what was sent, as the OCPP log'],
  [39, 'charging-profiles', ['read'], 'A S S - - -', 'what limits a charger, to diagnose it'],
  [40, 'reservations', ['read'], 'A S SF - - -', 'technicians: not for whom'],
  [60, 'firmware-files', ['read'], 'A S S - - -', 'the list a technician picks from (row 37)'],
  [57, 'reports', ['run'], 'A S - SF - -', 'figures on screen, as exports'],
  [51, 'price-groups', ['read'], 'A S - - - -', 'as tariffs; not public'],
  [52, 'price-groups', ['create', 'update', 'delete'], 'A S - - - -', 'as tariffs'],
  [9, 'budgets', ['read'], 'A S - - - -', 'as the drivers, fleets and cards they are for'],
  [11, 'budgets', ['create', 'update', 'delete'], 'A S - - - -', 'as those they are for'],
  [57, 'exempt-periods', ['read'], 'A S - S - -', 'as the report that leaves them out'],
  [
    22,
    'exempt-periods',
    ['create', 'update', 'delete'],
    'A S - - - -',
    'what is said of a charger',
  ],
  [
    44,
    'rfid-cards',
    ['block-own'],
    '- - - - O -',
    'a lost card, by the app; the operator opens it again',
  ],
  [45, 'corrections', ['read'], 'A S - S - -', 'as the costs of sessions; made by row 47'],
  [9, 'fleets', ['read'], 'A S - - - -', 'as drivers'],
  [11, 'fleets', ['create', 'update', 'delete'], 'A S - - - -', 'as drivers; one in use stays'],
  [9, 'vehicles', ['read'], 'A S - - - -', 'as drivers'],
  [11, 'vehicles', ['create', 'update', 'delete'], 'A S - - - -', 'as drivers'],
  [36, 'configuration-templates', ['read'], 'A S S - - -', 'to compare with while diagnosing'],
  [
    34,
    'configuration-templates',
    ['create', 'update', 'delete'],
    'A - - - - -',
    'one template sets chargers of many sites',
  ],
  [59, 'firmware-files', ['update'], 'A - - - - -', 'what an image is for, as uploading it'],
  [
    37,
    'firmware-updates',
    ['read', 'create', 'cancel'],
    'A S S - - -',
    'the command for many chargers; technicians: an image already in the list',
  ],
  [61, 'diagnostics-files', ['read'], 'A S S - - -', 'the list, as the files'],
  [
    65,
    'alerts',
    ['acknowledge', 'assign', 'resolve'],
    'A S S - - -',
    'working on faults, as tickets',
  ],
  [71, 'alerts', ['read'], 'A S S SF - -', 'faults; site owners: without the evidence'],
  [71, 'faqs', ['read'], 'A S S S A A', 'help; drivers and the public in /api/app/v1 only'],
  [
    66,
    'faqs',
    ['create', 'update', 'delete'],
    'A - - - - -',
    'as settings: the whole network reads them',
  ],
  [66, 'webhooks', ['read', 'create', 'update', 'delete'], 'A - - - - -', 'as settings'],
  [56, 'wallets', ['read'], 'A S - - O -', 'of the drivers one sees'],
  [55, 'wallets', ['top-up', 'refund', 'pay-out'], 'A - - - - -', 'money by hand, as statements'],
  [58, 'statements', ['send'], 'A S - - - -', 'again, to the recipients of its schedule'],
  [58, 'share-links', ['read', 'create', 'revoke'], 'A S - - - -', 'a mail with a key in it'],
] as const satisfies readonly Row[]

export const policyTable: readonly Row[] = [...matrix, ...implied]

export type Resource = (typeof matrix)[number][1] | (typeof implied)[number][1]
export type Action = (typeof matrix)[number][2][number] | (typeof implied)[number][2][number]

type Cell = { verdict: Verdict; isSubset: boolean }

const verdictOf: Readonly<Record<string, Verdict>> = { A: 'all', S: 'scope', O: 'own', '-': 'none' }
const denied: Cell = { verdict: 'none', isSubset: false }
const cellsByKey = readTable(policyTable)

/**
 * `may`: what a role may do. `all` and `scope` still pass through the grant's scope (`domain/scope`); anything unknown
 * or missing is `none`.
 */
export function may(
  role: Role | null | undefined,
  resource: Resource | null | undefined,
  action: Action | null | undefined,
): Verdict {
  return cellOf(role, resource, action).verdict
}

/** `seesAllFields`: false where the role sees only a subset of the fields, and where it sees nothing. */
export function seesAllFields(
  role: Role | null | undefined,
  resource: Resource | null | undefined,
  action: Action | null | undefined,
): boolean {
  const cell = cellOf(role, resource, action)
  return cell.verdict !== 'none' && !cell.isSubset
}

export function isRole(text: unknown): text is Role {
  return typeof text === 'string' && (roles as readonly string[]).includes(text)
}

function cellOf(role: unknown, resource: unknown, action: unknown): Cell {
  if (typeof role !== 'string' || typeof resource !== 'string' || typeof action !== 'string')
    return denied
  return cellsByKey.get(`${role} ${resource} ${action}`) ?? denied
}

/** A cell that is written twice or wrongly is a bug in the table: it stops the process at start, not at a request. */
function readTable(rows: readonly Row[]): Map<string, Cell> {
  const cells = new Map<string, Cell>()
  for (const [number, resource, actions, text] of rows) {
    const parts = text.split(' ')
    for (const action of actions)
      roles.forEach((role, column) => {
        const part = parts[column] ?? ''
        const verdict = verdictOf[part[0] ?? '']
        const key = `${role} ${resource} ${action}`
        if (!verdict || parts.length !== roles.length || cells.has(key))
          throw new Error(`policy row ${number} ${resource}.${action}: "${text}" cannot be read`)
        cells.set(key, { verdict, isSubset: part.endsWith('F') })
      })
  }
  return cells
}
