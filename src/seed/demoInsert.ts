/**
 * Writes the demo network by SQL, in one transaction: thousands of rows through Payload would take minutes. What people
 * own goes into the tables of the collections, what chargers own where the facts are.
 */
import type { Sql } from '@/db/pool'
import { insertTariffVersion, tariffVersion } from '@/db/queries/tariffVersions'
import { chargerModels } from '#ocpp/sim/physics'
import { fromFields } from '@/domain/tariff/fromFields'
import { hashSecret } from '@/platform/credentials'
import { publicId, shortCode } from '@/platform/ids'
import {
  demoNote,
  demoOrganisations,
  demoRegions,
  demoSites,
  demoTariffs,
  type Character,
  type DemoCharger,
} from './demoNetwork'
import { insertFleets, insertGroups } from './demoGroups'
import { demoGroups } from './demoMoney'
import { demoPeople } from './demoPeople'

export type PlacedConnector = { id: number; number: number }

export type PlacedCharger = Omit<DemoCharger, 'tariff'> & {
  id: number
  siteId: number
  character: Character
  connectors: PlacedConnector[]
}

export type PlacedCard = { id: number; uid: string; driverId: number | null; isActive: boolean }

export type PlacedNetwork = { chargers: PlacedCharger[]; cards: PlacedCard[] }

export type Ids = Map<string, number>

/** The demo network was written before. */
export async function isThere(sql: Sql): Promise<boolean> {
  const { rowCount } = await sql.query('select from sites where note = $1 limit 1', [demoNote])
  return (rowCount ?? 0) > 0
}

export async function insertNetwork(
  sql: Sql,
  passwordOf: (identity: string) => string,
  chargerKey: Buffer,
): Promise<PlacedNetwork> {
  const regions = await insertNamed(sql, 'regions', ['description'], demoRegions)
  const organisations = await insertNamed(
    sql,
    'organisations',
    ['kind', 'email'],
    demoOrganisations,
  )
  const tariffs = await insertTariffs(sql)
  const chargers: PlacedCharger[] = []
  for (const site of demoSites) {
    const { rows } = await sql.query<{ id: number }>(
      `insert into sites (name, address, latitude, longitude, timezone, region_id, operator_id, owner_id, tariff_id,
                          opening_hours, charger_types, public_id, note)
       values ($1, $2, $3, $4, 'Europe/London', $5, $6, $7, $8, $9, $10, $11, $12) returning id`,
      [
        site.name,
        site.address,
        site.latitude,
        site.longitude,
        regions.get(site.region),
        organisations.get(site.operator),
        organisations.get(site.owner),
        tariffs.get(site.tariff),
        site.openingHours,
        [...new Set(site.chargers.map((one) => typeText(one)))].join(', '),
        publicId(),
        demoNote,
      ],
    )
    const siteId = rows[0]!.id
    for (const charger of site.chargers) {
      chargers.push(
        await insertCharger(sql, charger, {
          siteId,
          // People stay at a rapid charger as long as it takes, wherever it stands.
          character: chargerModels[charger.model].current === 'DC' ? 'hub' : site.character,
          ownTariffId: charger.tariff ? tariffs.get(charger.tariff)! : null,
          secret: hashSecret(chargerKey, passwordOf(charger.identity)),
        }),
      )
    }
  }
  return { chargers, cards: await insertPeople(sql, await insertGroups(sql, tariffs)) }
}

const typeText = ({ model }: DemoCharger) => {
  const { current, maxPowerW } = chargerModels[model]
  return `${current} ${Math.floor(maxPowerW / 1000)} kW`
}

/** Rows known by their name; one that is there already is taken as it is. */
async function insertNamed(
  sql: Sql,
  table: 'regions' | 'organisations' | 'tariffs',
  columns: readonly string[],
  rows: readonly { name: string }[],
): Promise<Ids> {
  const ids: Ids = new Map()
  for (const row of rows) {
    const values = columns.map((column) => (row as Record<string, unknown>)[column])
    const found = await sql.query<{ id: number }>(`select id from ${table} where name = $1`, [
      row.name,
    ])
    const places = columns.map((_, i) => `$${i + 2}`).join(', ')
    const { rows: made } = found.rows[0]
      ? found
      : await sql.query<{ id: number }>(
          `insert into ${table} (name, ${columns.join(', ')}) values ($1, ${places}) returning id`,
          [row.name, ...values],
        )
    ids.set(row.name, made[0]!.id)
  }
  return ids
}

async function insertTariffs(sql: Sql): Promise<Ids> {
  const rows = demoTariffs.map((tariff) => ({
    name: tariff.name,
    currency: tariff.currency,
    energy_rate_micros: tariff.energyRateMicros ?? null,
    time_rate_micros: tariff.timeRateMicros ?? null,
    idle_rate_micros: tariff.idleRateMicros ?? null,
    idle_grace_minutes: tariff.idleGraceMinutes ?? null,
    session_fee_minor: tariff.sessionFeeMinor ?? null,
    tax_basis_points: tariff.taxBasisPoints,
    tax_included: tariff.taxIncluded,
    note: demoNote,
  }))
  const columns = Object.keys(rows[0]!).filter((column) => column !== 'name')
  const ids = await insertNamed(sql, 'tariffs', columns, rows)
  for (const tariff of demoTariffs) {
    const id = ids.get(tariff.name)!
    for (const [index, row] of (tariff.elements ?? []).entries())
      await sql.query(
        `insert into tariffs_elements (id, _parent_id, _order, name, energy_rate_micros, start_time, end_time)
         values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing`,
        [
          `demo${id}-${index}`,
          id,
          index + 1,
          row.name,
          row.energyRateMicros,
          row.startTime,
          row.endTime,
        ],
      )
    await insertTariffVersion(sql, tariffVersion(id, fromFields(tariff)))
  }
  return ids
}

async function insertCharger(
  sql: Sql,
  charger: DemoCharger,
  place: {
    siteId: number
    character: Character
    ownTariffId: number | null
    secret: { salt: Buffer; hash: Buffer }
  },
): Promise<PlacedCharger> {
  const model = chargerModels[charger.model]
  const wasThere = charger.part !== 'neverConnected'
  const { rows } = await sql.query<{ id: number }>(
    `with state as (
       insert into charger_states (status, status_since, connected, disconnected_at, last_seen_at, registration_status,
                                   booted_at, vendor, model, firmware_version, error_code, own_status)
       values ($1, $2, false, $2, $2, $3, $2::timestamptz - interval '9 days', $4, $5, $6, $7, $8) returning id
     ), charger as (
       insert into chargers (identity, name, serial_number, site_id, state_id, visibility, public_id, note, tariff_id)
       select $9, $10, $11, $12, state.id, $13::enum_chargers_visibility, $14, $15, $18 from state returning id
     ), secret as (
       insert into telemetry.charger_credentials (charger_id, salt, hash) select id, $16, $17 from charger
     )
     select id from charger`,
    [
      wasThere ? 'Offline' : 'NeverConnected',
      wasThere ? new Date(Date.now() - (charger.part === 'offline' ? 51 : 1) * 3_600_000) : null,
      wasThere ? 'Accepted' : null,
      wasThere ? model.vendor : null,
      wasThere ? model.model : null,
      wasThere ? model.firmwareVersion : null,
      wasThere ? 'NoError' : null,
      wasThere ? 'Available' : null,
      charger.identity,
      charger.name,
      `${model.vendor.slice(0, 2).toUpperCase()}-${charger.identity}`,
      place.siteId,
      charger.visibility,
      publicId(),
      demoNote,
      place.secret.salt,
      place.secret.hash,
      place.ownTariffId,
    ],
  )
  const id = rows[0]!.id
  const connectors: PlacedConnector[] = []
  for (let number = 1; number <= model.connectors; number++) {
    connectors.push({ number, id: await insertConnector(sql, id, charger, number) })
  }
  return { ...charger, ...place, id, connectors }
}

async function insertConnector(
  sql: Sql,
  chargerId: number,
  charger: DemoCharger,
  number: number,
): Promise<number> {
  const model = chargerModels[charger.model]
  const isKnown = charger.part !== 'neverConnected'
  const { rows } = await sql.query<{ id: number }>(
    `with state as (
       insert into connector_states (status, error_code, status_since)
       values ($1::text, case when $1::text is null then null else 'NoError' end, case when $1::text is null then null else now() end) returning id
     )
     insert into connectors (charger_id, connector_id, label, code, standard, max_power_w, state_id, public_id)
     select $2, $3, $4, $5, $6, $7, state.id, $8 from state returning id`,
    [
      isKnown ? 'Available' : null,
      chargerId,
      number,
      model.connectors > 1 ? ['Left', 'Right'][number - 1] : null,
      shortCode(),
      model.standard,
      model.maxPowerW,
      publicId(),
    ],
  )
  return rows[0]!.id
}

async function insertPeople(sql: Sql, groups: Ids): Promise<PlacedCard[]> {
  const { drivers, cards } = demoPeople()
  const groupOf = new Map(
    demoGroups.flatMap((group) => group.drivers.map((at) => [at, groups.get(group.name)])),
  )
  const placed = await sql.query<{ id: number; email: string }>(
    `insert into drivers (name, email, status, price_group_id, public_id, note)
     select name, email, status::enum_drivers_status, "group", md5(random()::text || email), $1
       from jsonb_to_recordset($2::jsonb) x(name text, email text, status text, "group" int) returning id, email`,
    [demoNote, JSON.stringify(drivers.map((one, at) => ({ ...one, group: groupOf.get(at) })))],
  )
  const vehicles = await insertFleets(sql, groups)
  const driverIds = new Map(placed.rows.map((row) => [row.email, row.id]))
  const rows = cards.map((card) => ({
    ...card,
    driver: card.email && driverIds.get(card.email),
    vehicle: card.vehicle && vehicles.get(card.vehicle),
  }))
  const { rows: made } = await sql.query<PlacedCard>(
    `insert into rfid_cards (uid, label, status, driver_id, vehicle_id, expires_at, note)
     select uid, label, status::enum_rfid_cards_status, driver, vehicle,
            case when status = 'expired' then now() - interval '20 days' end, $1
       from jsonb_to_recordset($2::jsonb) x(uid text, label text, status text, driver int, vehicle int)
     returning id, uid, driver_id as "driverId", status = 'active' as "isActive"`,
    [demoNote, JSON.stringify(rows)],
  )
  return made
}
