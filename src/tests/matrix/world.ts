import { createHash, randomBytes } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

import type { Pool } from '@/db/pool'
import { fileAt } from '@/platform/fileStore'

import type { App, Person } from '../helpers/app'
import { addSchedule, addSession } from '../helpers/statements'

/** One of everything at a site. */
export type Place = {
  site: number
  sitePublicId: string
  region: number
  organisation: number
  tariff: number
  priceGroup: number
  charger: number
  identity: string
  chargerPassword: string
  connector: number
  evse: string
  driver: number
  card: number
  cardPublicId: string
  fleet: number
  vehicle: number
  budget: number
  session: number
  sessionPublicId: string
  transaction: number
  command: number
  firmwareUpdate: number
  diagnostics: number
  alert: number
  ticket: number
  schedule: number
  statement: number
  shareLink: number
  correction: number
  reservation: number
  chargingProfile: number
  exemptPeriod: number
  /** A technician of the site who does nothing. */
  staff: Person
  grant: number
}

/** What only those may read who see every field. Each stands in a place of its own; `secretsIn` names what leaked. */
export const canaries = {
  idTag: 'CANARYTAG',
  driver: 'CANARYDRIVER',
  serial: 'CANARYSERIAL',
  identity: 'CANARYID',
  evidence: 'CANARYEVIDENCE',
  phone: 'CANARYPHONE',
  uid: 'CA4A44',
} as const
export type Canary = keyof typeof canaries

let n = 0

/** `makePlace`: a site with all that the policy table has rows for; by REST where REST makes it, else as the server does. */
export async function makePlace(app: App, admin: Person, name: string): Promise<Place> {
  const { pool } = app
  const make = (slug: string, body: object) => create(app, admin, slug, body)
  n++
  const region = await make('regions', { name: `Region ${name}` })
  const organisation = await make('organisations', { name: `Owner ${name}`, kind: 'site-owner' })
  const site = await make('sites', {
    name: `Site ${name}`,
    region,
    owner: organisation,
    timezone: 'Europe/London',
    latitude: 53,
    longitude: -1,
  })
  const tariff = await make('tariffs', {
    name: `Tariff ${name}`,
    energyRateMicros: 450_000,
    currency: 'GBP',
    site,
  })
  await app.call('PATCH', `/api/sites/${site}`, { as: admin, body: { tariff } })
  const priceGroup = await make('price-groups', {
    name: `Group ${name}`,
    pricing: 'free',
    sites: [site],
    site,
  })
  const identity = `${canaries.identity}-${name}`
  const chargerPassword = randomBytes(20).toString('hex')
  const charger = await make('chargers', {
    name: `Charger ${name}`,
    identity,
    serialNumber: `${canaries.serial}-${name}`,
    site,
    visibility: 'public',
    password: chargerPassword,
  })
  await pool.query(
    `update charger_states set status = 'Available', connected = true, registration_status = 'Accepted',
            vendor = 'Kestrel', last_seen_at = now() where id = (select state_id from chargers where id = $1)`,
    [charger],
  )
  const connector = await make('connectors', { charger, connectorId: 1 })
  await pool.query(
    `update connector_states set status = 'Available', error_code = 'NoError', status_since = now()
      where id = (select state_id from connectors where id = $1)`,
    [connector],
  )
  const fleet = await make('fleets', { name: `Fleet ${name}`, site })
  const driver = await make('drivers', {
    name: `${canaries.driver} ${name}`,
    email: `driver-${name.toLowerCase()}@drivers.test`,
    site,
  })
  await pool.query(
    `insert into app.credentials (driver_id, password_hash, email_verified_at) values ($1, 'x', now())`,
    [driver],
  )
  const card = await make('rfid-cards', { uid: `${canaries.uid}99887${n}0`, driver, site })
  const vehicle = await make('vehicles', { registration: `AB${n} CDE`, site, driver })
  const budget = await one(
    pool,
    `insert into budgets (name, driver_id, period, measure, when_spent, limit_wh, site_id)
     values ('Budget', $1, 'month', 'energy', 'warn', 1000, $2) returning id`,
    [driver, site],
  )
  const session = await addSession(pool, {
    siteId: site,
    chargerId: charger,
    startedAt: new Date('2026-10-10T12:00:00Z'),
    energyWh: 12_345,
    costMinor: 987,
    taxMinor: 165,
  })
  await pool.query(
    `update sessions set driver_id = $2, card_id = $3, id_tag = $4, connector_id = $5, public_id = md5($6) where id = $1`,
    [session, driver, card, `${canaries.idTag}-${name}`, connector, `session ${name}`],
  )
  const firmware = await makeFirmware(pool)
  const firmwareUpdate = await one(
    pool,
    `insert into firmware_updates (name, firmware_id, state) values ($1, $2, 'running') returning id`,
    [`Update ${name}`, firmware],
  )
  await pool.query(
    'insert into telemetry.firmware_targets (campaign_id, charger_id, wave) values ($1, $2, 1)',
    [firmwareUpdate, charger],
  )
  const storedAs = stored('diagnostics', Buffer.from('a log'))
  const diagnostics = await one(
    pool,
    `insert into diagnostics (charger_id, log, filename, stored_as, size_bytes, state, received_at)
     values ($1, 'diagnostics', 'a.log', $2, 5, 'uploaded', now()) returning id`,
    [charger, storedAs],
  )
  const command = await one(
    pool,
    `insert into commands (charger_id, action, status, is_final, source, id_tag, payload)
     values ($1, 'RemoteStartTransaction', 'effective', true, 'rest', $2::text, json_build_object('idTag', $2::text)::text) returning id`,
    [charger, `${canaries.idTag}-command`],
  )
  const alert = await makeAlert(pool, { charger, site })
  const ticket = await one(
    pool,
    `insert into tickets (number, subject, status, priority, charger_id, site_id, driver_id) values ($1, $2, 'open', 'normal', $3, $4, $5) returning id`,
    [9000 + n, `Ticket ${name}`, charger, site, driver],
  )
  const schedule = await addSchedule(pool, {
    siteId: site,
    frequency: 'monthly',
    createdAt: new Date('2026-10-03T10:00:00Z'),
    recipients: [`owner-${name.toLowerCase()}@example.test`],
  })
  const statement = await makeStatement(pool, { site, schedule, name })
  const shareLink = await makeShareLink(pool, statement)
  const correction = await one(
    pool,
    `insert into corrections (session_id, charger_id, site_id, kind, amount_minor, tax_minor, currency, energy_wh, reason)
     values ($1, $2, $3, 'goodwill', -1, 0, 'GBP', 0, 'x') returning id`,
    [session, charger, site],
  )
  const reservation = await one(
    pool,
    `insert into reservations (charger_id, connector_number, state, driver_id, card_id, until)
     values ($1, 1, 'accepted', $2, $3, now() + interval '1 hour') returning id`,
    [charger, driver, card],
  )
  const chargingProfile = await one(
    pool,
    `insert into charging_profiles (charger_id, connector_number, state) values ($1, 0, 'draft') returning id`,
    [charger],
  )
  const exemptPeriod = await one(
    pool,
    `insert into exempt_periods (charger_id, "from", reason, explanation) values ($1, now(), 'power', 'A cut.') returning id`,
    [charger],
  )
  await pool.query(
    `insert into telemetry.frames (at, charger_id, connection_id, direction, kind, action, message_id, payload)
     values (now(), $1, 1, 0, 2, 'Authorize', 'm', $2)`,
    [charger, JSON.stringify({ idTag: `${canaries.idTag}-frame` })],
  )
  await pool.query(
    `insert into telemetry.meter_samples (at, received_at, charger_id, connector_id, session_id, context, energy_wh)
     values ('2026-10-10T12:10:00Z', now(), $1, 1, $2, 0, 100)`,
    [charger, session],
  )
  await pool.query(
    `insert into audit_log (at, actor, action, resource, resource_id, site_id, result)
     values (now(), 'x', 'update', 'sites', ($1::int)::text, $1::int, 'done')`,
    [site],
  )
  const staff = await app.person(`staff-${name}`, [
    { role: 'technician', scope: 'sites', sites: [site] },
  ])
  await pool.query('update users set phone = $2 where id = $1', [
    staff.id,
    `${canaries.phone}-${name}`,
  ])
  const ids = await pool.query<Record<string, string>>(
    `select s.public_id site, k.public_id evse, c.public_id card, x.public_id session, x.transaction_id::int as transaction,
            (select min(id) from grants where user_id = $5) as grant_id
       from sites s, connectors k, rfid_cards c, sessions x where s.id = $1 and k.id = $2 and c.id = $3 and x.id = $4`,
    [site, connector, card, session, staff.id],
  )
  const publicIds = ids.rows[0]!
  return {
    site,
    sitePublicId: publicIds['site']!,
    region,
    organisation,
    tariff,
    priceGroup,
    charger,
    identity,
    chargerPassword,
    connector,
    evse: publicIds['evse']!,
    driver,
    card,
    cardPublicId: publicIds['card']!,
    fleet,
    vehicle,
    budget,
    session,
    sessionPublicId: publicIds['session']!,
    transaction: Number(publicIds['transaction']),
    command,
    firmwareUpdate,
    diagnostics,
    alert,
    ticket,
    schedule,
    statement,
    shareLink,
    correction,
    reservation,
    chargingProfile,
    exemptPeriod,
    staff,
    grant: Number(publicIds['grant_id']),
  }
}

/** By the Super Admin over REST; its id. */
export async function create(app: App, admin: Person, slug: string, body: object): Promise<number> {
  const answer = await app.call('POST', `/api/${slug}?depth=0`, { as: admin, body })
  if (answer.status !== 201)
    throw new Error(`${slug}: ${answer.status} ${JSON.stringify(answer.body)}`)
  return Number(answer.body.doc?.id)
}

export async function one(pool: Pool, text: string, values: unknown[] = []): Promise<number> {
  const { rows } = await pool.query<{ id: number }>(text, values)
  if (!rows[0]) throw new Error(`no row from: ${text}`)
  return rows[0].id
}

export async function makeFirmware(pool: Pool): Promise<number> {
  const storedAs = stored('firmware', randomBytes(64))
  return one(
    pool,
    `insert into firmware (version, vendor, filename, size_bytes, sha256) values ($1, 'Kestrel', 'k.bin', 64, $2) returning id`,
    [`1.0.${++n}`, storedAs],
  )
}

export const makeAlert = (pool: Pool, at: { charger: number; site: number }): Promise<number> =>
  one(
    pool,
    `insert into alerts (title, sentence, steps, kind, family, severity, status, charger_id, site_id, count, first_at, last_at,
       key, evidence)
     values ('Overheating', 'It is too hot.', '["Check it."]', 'overheating', 'Overheating', 'urgent', 'open', $1, $2, 1,
       now(), now(), $3, $4) returning id`,
    [at.charger, at.site, `matrix/${++n}`, `{"info":"${canaries.evidence}"}`],
  )

export async function makeStatement(
  pool: Pool,
  { site, schedule, name }: { site: number; schedule: number; name: string },
): Promise<number> {
  const id = await one(
    pool,
    `insert into statements (public_id, title, kind, schedule_id, subject, site_id, frequency, period_from, period_to, timezone,
       status, issued_at, currency, cost_minor)
     values ($1, $2, 'statement', $3, 'site', $4, 'monthly', '2026-10-01'::date - $5::int, '2026-11-01', 'Europe/London', 'issued', now(),
       'GBP', 987) returning id`,
    [randomBytes(16).toString('hex'), `Statement ${name}`, schedule, site, ++n],
  )
  await pool.query(
    `insert into telemetry.statement_runs (statement_id, schedule_id, site_ids) values ($1, $3, array[$2::int])`,
    [id, site, schedule],
  )
  await pool.query(
    `insert into telemetry.statement_files (statement_id, format, filename, content_type, size_bytes, sha256, bytes)
     values ($1, 'pdf', 'a.pdf', 'application/pdf', 4, $2, '%PDF')`,
    [id, randomBytes(32).toString('hex')],
  )
  return id
}

export const makeShareLink = (pool: Pool, statement: number): Promise<number> =>
  one(
    pool,
    `insert into share_links (title, statement_id, shared_with, expires_at) values ('x', $1, 'x', now() + interval '1 day') returning id`,
    [statement],
  )

/** A file where the product keeps it, under its name there. */
function stored(kind: 'firmware' | 'diagnostics', bytes: Buffer): string {
  const name = createHash('sha256').update(bytes).digest('hex')
  const path = fileAt(process.env.CPMS_DATA_DIR!, kind, name)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, bytes)
  return name
}
