import { policyTable, roles } from './policy'

/**
 * The policy table in people's words, for README. A line speaks of actions that every role has alike; which role has
 * them is read from the table, so that the words cannot promise what the code does not do.
 */
const lines: readonly (readonly [words: string, keys: readonly string[]])[] = [
  ['**People**', []],
  [
    'Own name, phone, password, second factor, sign-ins',
    of('own-account', 'read update change-password enrol-second-factor manage-sessions'),
  ],
  ['Own panel settings, columns, notifications', of('preferences', 'read create update delete')],
  ['See staff users', of('users', 'read')],
  [
    'Create, change, suspend, unlock, delete staff users; give and take access',
    [
      ...of('users', 'create update assign reset-second-factor unlock revoke-sessions delete'),
      ...of('grants', 'read create update delete'),
    ],
  ],
  ['See drivers', of('drivers', 'read')],
  [
    'See fleets, vehicles, budgets',
    [...of('fleets', 'read'), ...of('vehicles', 'read'), ...of('budgets', 'read')],
  ],
  [
    'Create, change, suspend drivers; keep fleets and vehicles',
    [
      ...of('drivers', 'create update suspend'),
      ...of('fleets', 'create update delete'),
      ...of('vehicles', 'create update delete'),
    ],
  ],
  ['Register as a driver, where it is switched on', of('drivers', 'register')],
  ['Delete a driver, erase personal data', of('drivers', 'delete anonymise')],
  ['See RFID cards', of('rfid-cards', 'read')],
  [
    'Create, change, assign, block, delete RFID cards',
    of('rfid-cards', 'create update block assign delete'),
  ],
  ['Block an own card that is lost', of('rfid-cards', 'block-own')],
  ['**Places and chargers**', []],
  ['See sites and regions', [...of('sites', 'read'), ...of('regions', 'read')]],
  ['See organisations', of('organisations', 'read')],
  [
    'See the public map: sites, connectors, live status',
    [...of('sites', 'read-public'), ...of('chargers', 'read-public')],
  ],
  ['Change a site', of('sites', 'update')],
  [
    'Create and delete sites, regions, organisations; move a charger to another site',
    [
      ...of('sites', 'create delete'),
      ...of('regions', 'create update delete'),
      ...of('organisations', 'create update delete bank-data'),
      ...of('chargers', 'move'),
    ],
  ],
  [
    'See chargers, connectors, alerts, live status',
    [
      ...of('chargers', 'read'),
      ...of('connectors', 'read'),
      ...of('alerts', 'read'),
      ...of('live', 'subscribe-fleet'),
    ],
  ],
  [
    'Create, change, delete chargers and connectors; set passwords and certificates',
    [
      ...of('chargers', 'create update delete'),
      ...of('connectors', 'create update delete'),
      ...of('charger-credentials', 'set rotate'),
      ...of('charger-certificates', 'install delete sign'),
    ],
  ],
  [
    'Start, stop, restart, lock, diagnose; roll out firmware that is in the list; work on alerts',
    [
      ...of('commands', 'start stop reset diagnose update-firmware read'),
      ...of('connectors', 'change-availability'),
      ...of('firmware-files', 'read'),
      ...of('firmware-updates', 'read create cancel'),
      ...of('alerts', 'acknowledge assign resolve'),
    ],
  ],
  ['See reservations', of('reservations', 'read')],
  ['Release a plug', of('commands', 'unlock')],
  [
    'Start and stop one’s own charge, reserve, keep own means of payment',
    [
      ...of('commands', 'start-own stop-own'),
      ...of('reservations', 'create-own cancel-own'),
      ...of('payment-methods', 'read create delete'),
    ],
  ],
  [
    'Change settings of a charger, charging profiles, reservations, its local list, exempt periods',
    [
      ...of('exempt-periods', 'create update delete'),
      ...of('commands', 'configure'),
      ...of('charging-profiles', 'create clear'),
      ...of('reservations', 'create cancel'),
      ...of('local-auth-list', 'send read'),
    ],
  ],
  [
    'Security settings of a charger, raw DataTransfer',
    of('commands', 'configure-security data-transfer'),
  ],
  [
    'Read the OCPP log, diagnostics, charging profiles, configuration templates, security events',
    [
      ...of('charging-profiles', 'read'),
      ...of('ocpp-messages', 'read'),
      ...of('diagnostics-files', 'read download'),
      ...of('configuration-templates', 'read'),
      ...of('security-events', 'read'),
    ],
  ],
  [
    'Acknowledge security events; download firmware; read the audit log',
    [
      ...of('security-events', 'acknowledge'),
      ...of('firmware-files', 'download'),
      ...of('audit-log', 'read'),
    ],
  ],
  [
    'Upload and delete firmware; write configuration templates',
    [
      ...of('firmware-files', 'upload update delete'),
      ...of('configuration-templates', 'create update delete'),
    ],
  ],
  ['**Sessions and money**', []],
  ['See sessions', of('sessions', 'read')],
  [
    'Follow sessions live; work on support tickets',
    [...of('live', 'subscribe-session'), ...of('tickets', 'update')],
  ],
  [
    'See meter values; open and read support tickets',
    [...of('meter-values', 'read'), ...of('tickets', 'create read')],
  ],
  ['Correct a session, with a reason that stays', of('sessions', 'correct')],
  [
    'See corrections and exempt periods',
    [...of('corrections', 'read'), ...of('exempt-periods', 'read')],
  ],
  ['See tariffs', of('tariffs', 'read')],
  [
    'Create, change, delete tariffs, price groups and budgets',
    [
      ...of('tariffs', 'create update delete'),
      ...of('price-groups', 'read create update delete'),
      ...of('budgets', 'create update delete'),
    ],
  ],
  [
    'See wallets; see and download receipts',
    [...of('wallets', 'read'), ...of('receipts', 'read download')],
  ],
  ['Run and export reports', [...of('reports', 'run'), ...of('exports', 'sessions chargers')]],
  [
    'Schedule reports by e-mail (site owners: to themselves); see and download statements',
    [...of('report-schedules', 'read create update delete'), ...of('statements', 'read download')],
  ],
  [
    'Send a statement again, share it by a link',
    [...of('statements', 'send'), ...of('share-links', 'read create revoke')],
  ],
  [
    'Mark a statement as paid; top up, refund and pay out a wallet by hand',
    [...of('statements', 'create mark-paid'), ...of('wallets', 'top-up refund pay-out')],
  ],
  ['**The system**', []],
  ['Read the FAQ', of('faqs', 'read')],
  [
    'Settings, webhooks, writing the FAQ',
    [
      ...of('settings', 'read update'),
      ...of('webhooks', 'read create update delete'),
      ...of('faqs', 'create update delete'),
    ],
  ],
  [
    'Change energy, times, costs, meter values, the audit log, one’s own role; read a charger’s password back; run jobs by API',
    [
      ...of('own-account', 'elevate'),
      ...of('charger-credentials', 'read'),
      ...of('sessions', 'update delete'),
      ...of('meter-values', 'create update delete'),
      ...of('audit-log', 'create update delete'),
      ...of('jobs', 'read create update delete run'),
      ...of('commands', 'update delete'),
    ],
  ],
]

const headings = ['Super Admin', 'Operator', 'Technician', 'Site owner', 'Driver', 'Public']
const words: Readonly<Record<string, string>> = {
  A: 'yes',
  AF: 'in part',
  S: 'own sites',
  SF: 'own sites, in part',
  O: 'own',
  OF: 'own, in part',
  '-': '–',
}

/** `roleTable`: Markdown. Throws where a line lumps together what differs, and where an action is in none or in two. */
export function roleTable(): string {
  const cells = new Map<string, string>()
  for (const [, resource, actions, text] of policyTable)
    for (const action of actions) cells.set(`${resource}.${action}`, text)
  const spoken = lines.flatMap(([, keys]) => keys)
  const silent = [...cells.keys()].filter((key) => !spoken.includes(key))
  const twice = spoken.filter((key, at) => spoken.indexOf(key) !== at || !cells.has(key))
  if (silent.length + twice.length > 0)
    throw new Error(`not said: ${silent.join(', ')}; said twice or of nothing: ${twice.join(', ')}`)
  const rows = lines.map(([text, keys]) => {
    const patterns = [...new Set(keys.map((key) => cells.get(key)!))]
    if (patterns.length > 1) throw new Error(`"${text}" is not one thing: ${patterns.join(' | ')}`)
    const shown = patterns[0]?.split(' ').map((cell) => words[cell]!) ?? roles.map(() => '')
    return [text, ...shown]
  })
  const table = [['', ...headings], ...rows]
  const widths = table[0]!.map((_, at) => Math.max(...table.map((row) => row[at]!.length), 3))
  const line = (row: readonly string[]) =>
    `| ${row.map((cell, at) => cell.padEnd(widths[at]!)).join(' | ')} |`
  return [line(table[0]!), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join(
    '\n',
  )
}

function of(resource: string, actions: string): string[] {
  return actions.split(' ').map((action) => `${resource}.${action}`)
}
