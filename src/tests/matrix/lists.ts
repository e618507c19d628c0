import { judged, send, sendGraphql, type Ask, type Matrix, type Outcome } from './ask'
import type { Principal } from './people'

type Table = {
  /** Ids of all rows inside these sites ($1); null sites: all of them. */
  ids: string
  target(m: Matrix): number
  one: string
  many: string
}

const atSite = (table: string, column = 'site_id') =>
  `select id from ${table} where $1::int[] is null or ${column} = any($1)`
const ofCharger = (table: string) =>
  `select t.id from ${table} t left join chargers c on c.id = t.charger_id where $1::int[] is null or c.site_id = any($1)`
const everyRow = (table: string) => `select id from ${table} where $1::int[] is null or true`

/** Written once more here, in SQL and by site, so that a mistake in the access functions meets a second opinion. */
const tables = {
  chargers: t(atSite('chargers'), (m) => m.a.charger, 'Charger', 'Chargers'),
  connectors: t(ofCharger('connectors'), (m) => m.a.connector, 'Connector', 'Connectors'),
  sites: t(atSite('sites', 'id'), (m) => m.a.site, 'Site', 'Sites'),
  regions: t(
    'select id from regions where $1::int[] is null or id in (select region_id from sites where id = any($1))',
    (m) => m.a.region,
    'Region',
    'Regions',
  ),
  organisations: t(
    'select id from organisations where $1::int[] is null or id in (select owner_id from sites where id = any($1))',
    (m) => m.a.organisation,
    'Organisation',
    'Organisations',
  ),
  sessions: t(atSite('sessions'), (m) => m.a.session, 'Session', 'Sessions'),
  corrections: t(atSite('corrections'), (m) => m.a.correction, 'Correction', 'Corrections'),
  tariffs: t(
    `select id from tariffs where $1::int[] is null or site_id = any($1)
       or id in (select tariff_id from sites where id = any($1))`,
    (m) => m.a.tariff,
    'Tariff',
    'Tariffs',
  ),
  'price-groups': t(atSite('price_groups'), (m) => m.a.priceGroup, 'PriceGroup', 'PriceGroups'),
  budgets: t(atSite('budgets'), (m) => m.a.budget, 'Budget', 'Budgets'),
  drivers: t(atSite('drivers'), (m) => m.a.driver, 'Driver', 'Drivers'),
  'rfid-cards': t(atSite('rfid_cards'), (m) => m.a.card, 'RfidCard', 'RfidCards'),
  fleets: t(atSite('fleets'), (m) => m.a.fleet, 'Fleet', 'Fleets'),
  vehicles: t(atSite('vehicles'), (m) => m.a.vehicle, 'Vehicle', 'Vehicles'),
  commands: t(ofCharger('commands'), (m) => m.a.command, 'Command', 'Commands'),
  diagnostics: t(ofCharger('diagnostics'), (m) => m.a.diagnostics, 'Diagnostic', 'Diagnostics'),
  firmware: t(everyRow('firmware'), (m) => m.image, 'Firmware', 'allFirmware'),
  'firmware-updates': t(
    `select id from firmware_updates where $1::int[] is null or id in (select campaign_id from telemetry.firmware_targets f
       join chargers c on c.id = f.charger_id where c.site_id = any($1))`,
    (m) => m.a.firmwareUpdate,
    'FirmwareCampaign',
    'FirmwareCampaigns',
  ),
  'configuration-templates': t(
    everyRow('configuration_templates'),
    () => 1,
    'ConfigurationTemplate',
    'ConfigurationTemplates',
  ),
  alerts: t(atSite('alerts'), (m) => m.a.alert, 'Alert', 'Alerts'),
  tickets: t(
    `select id from tickets where $1::int[] is null or site_id = any($1) or reporter_id = $2 or assigned_to_id = $2`,
    (m) => m.a.ticket,
    'Ticket',
    'Tickets',
  ),
  faqs: t(everyRow('faqs'), () => 1, 'Faq', 'Faqs'),
  reservations: t(ofCharger('reservations'), (m) => m.a.reservation, 'Reservation', 'Reservations'),
  'charging-profiles': t(
    ofCharger('charging_profiles'),
    (m) => m.a.chargingProfile,
    'ChargingProfile',
    'ChargingProfiles',
  ),
  'exempt-periods': t(
    ofCharger('exempt_periods'),
    (m) => m.a.exemptPeriod,
    'ExemptPeriod',
    'ExemptPeriods',
  ),
  statements: t(atSite('statements'), (m) => m.a.statement, 'Statement', 'Statements'),
  'share-links': t(
    `select l.id from share_links l join statements s on s.id = l.statement_id where $1::int[] is null or s.site_id = any($1)`,
    (m) => m.a.shareLink,
    'ShareLink',
    'ShareLinks',
  ),
  'report-schedules': t(
    `select s.id from report_schedules s where $1::int[] is null or (s.site_id = any($1)
       and (created_by_id = $2 or not exists (select from grants where user_id = $2 and role = 'site-owner')))`,
    (m) => m.ownSchedule,
    'ReportSchedule',
    'ReportSchedules',
  ),
  'audit-log': t(
    atSite('audit_log'),
    (m) => m.a.site, // replaced: see `targetOf`
    'AuditLog',
    'AuditLogs',
  ),
  users: t(
    `select id from users where $1::int[] is null or id = $2
       or (exists (select from grants where user_id = $2 and role = 'operator')
           and id in (select g.user_id from grants g join grants_rels r on r.parent_id = g.id where r.sites_id = any($1)))`,
    (m) => m.a.staff.id,
    'User',
    'Users',
  ),
  grants: t(everyRow('grants'), (m) => m.a.grant, 'Grant', 'Grants'),
  webhooks: t(everyRow('webhooks'), () => 1, 'Webhook', 'Webhooks'),
} satisfies Record<string, Table>

export type Listed = keyof typeof tables

function t(ids: string, target: Table['target'], one: string, many: string): Table {
  return { ids, target, one, many }
}

/** What this principal should see of it, exactly. */
async function expectedIds(m: Matrix, who: Principal, slug: Listed): Promise<number[]> {
  const sites = who.role === 'super-admin' ? null : sitesOf(m, who)
  const { ids } = tables[slug]
  const values = ids.includes('$2') ? [sites, who.id] : [sites]
  const { rows } = await m.app.pool.query<{ id: number }>(`${ids} order by 1`, values)
  return rows.map((row) => row.id)
}

const sitesOf = (m: Matrix, who: Principal) =>
  who.at === 'here' ? [m.a.site, m.a2.site] : who.at === 'elsewhere' ? [m.b.site] : []

async function targetOf(m: Matrix, slug: Listed): Promise<number> {
  if (slug !== 'audit-log') return tables[slug].target(m)
  const { rows } = await m.app.pool.query<{ id: number }>(
    'select min(id)::int id from audit_log where site_id = $1',
    [m.a.site],
  )
  return rows[0]!.id
}

/** The list, its count and one record of site A by its id: all three say the same, and exactly what they should. */
export const listed =
  (slug: Listed, more = ''): Ask =>
  async (m, who) => {
    const list = await send(m, who, {
      method: 'GET',
      path: `/api/${slug}?limit=200&depth=2&sort=id${more}`,
    })
    const target = await targetOf(m, slug)
    const detail = await send(m, who, { method: 'GET', path: `/api/${slug}/${target}?depth=2` })
    const count = await send(m, who, { method: 'GET', path: `/api/${slug}/count` })
    if (list.status !== 200) {
      for (const answer of [detail, count])
        if (judged(answer).is !== 'refused')
          return { is: 'odd', note: `the list is refused, but: ${judged(answer).note}` }
      return judged(list)
    }
    const seen = (list.body.docs ?? []).map((doc) => Number(doc.id)).sort((x, y) => x - y)
    const expected = (await expectedIds(m, who, slug)).slice(0, 200)
    const total = Number(count.body['totalDocs'])
    if (seen.join() !== expected.join() || list.body['totalDocs'] !== total)
      return { is: 'odd', note: `${slug}: saw ${seen.join()}, should see ${expected.join()}` }
    const isThere = seen.includes(target)
    if (isThere !== (detail.status === 200) || (!isThere && detail.status !== 404))
      return { is: 'odd', note: `${slug}/${target}: ${judged(detail).note}` }
    return { is: isThere ? 'done' : 'refused', note: `${slug}: ${seen.join()}` }
  }

/** The same over GraphQL. */
export const listedGraphql =
  (slug: Listed): Ask =>
  async (m, who) => {
    const { one, many } = tables[slug]
    const target = await targetOf(m, slug)
    const answer = await sendGraphql(
      m,
      who,
      `{ list: ${many}(limit: 200, sort: "id") { docs { id } totalDocs } }`,
    )
    const single = await sendGraphql(m, who, `{ one: ${one}(id: ${target}) { id } }`)
    const isOne = Boolean((single.body['data'] as { one?: unknown } | null)?.one)
    const list = (answer.body['data'] as { list?: { docs: { id: number }[] } } | null)?.list
    if (!list)
      return isOne
        ? { is: 'odd', note: `the list is refused, but ${single.text.slice(0, 120)}` }
        : refusedList(answer.text)
    const seen = list.docs.map(({ id }) => Number(id)).sort((x, y) => x - y)
    const expected = (await expectedIds(m, who, slug)).slice(0, 200)
    if (seen.join() !== expected.join())
      return { is: 'odd', note: `${many}: saw ${seen.join()}, should see ${expected.join()}` }
    const isThere = seen.includes(target)
    if (isThere !== isOne) return { is: 'odd', note: `${one}: ${single.text.slice(0, 160)}` }
    return { is: isThere ? 'done' : 'refused', note: `${many}: ${seen.join()}` }
  }

function refusedList(text: string): Outcome {
  const isRefused = /not allowed|not permitted|Forbidden|"statusCode":40[134]/.test(text)
  return { is: isRefused ? 'refused' : 'odd', note: text.slice(0, 200) }
}

export const names = (slug: Listed): { one: string; many: string } => tables[slug]
