import { nameKey, type CardPlan, type KnownCard, type KnownWorld } from '../../domain/cardPlan'
import type { CardLine } from '../../domain/cardImport'
import type { Scope } from '../../domain/scope'
import type { Sql } from '../pool'
import { scopeSql } from '../scopeSql'

export type ImportScopes = {
  /** Cards the caller may change. */
  cards: Scope
  drivers: Scope
  fleets: Scope
  vehicles: Scope
  /** Sites the caller may put a new card at. */
  sites: Scope
}

/** `readCardWorld`: what the names in a file stand for, as far as the caller sees it; a handful of statements for any file. */
export async function readCardWorld(
  sql: Sql,
  lines: readonly CardLine[],
  scopes: ImportScopes,
): Promise<Omit<KnownWorld, 'defaultSiteId' | 'demandsSite'>> {
  const inside = (scope: Scope, values: unknown[], column = 'site_id') =>
    scopeSql(scope, { charger: null, site: column }, values)

  const cardValues: unknown[] = [lines.map((line) => line.uid)]
  const { rows: cards } = await sql.query<KnownCard>(
    `select id, uid, ${inside(scopes.cards, cardValues)} "isMine", label, status::text, expires_at "expiresAt",
            driver_id "driverId", fleet_id "fleetId", vehicle_id "vehicleId", site_id "siteId",
            parent_id_tag "parentIdTag", note
       from rfid_cards where uid = any($1::text[]) for update`,
    cardValues,
  )
  const driverValues: unknown[] = [given(lines, 'driverEmail')]
  const { rows: drivers } = await sql.query<{ id: number; email: string; isSeen: boolean }>(
    `select id, email, ${inside(scopes.drivers, driverValues)} "isSeen" from drivers where lower(email) = any($1::text[])`,
    driverValues,
  )
  return {
    cards: new Map(cards.map((card) => [card.uid, { ...card, isMine: Boolean(card.isMine) }])),
    drivers: new Map(
      drivers.map(({ id, email, isSeen }) => [
        email.toLowerCase(),
        { id, isSeen: Boolean(isSeen) },
      ]),
    ),
    fleets: await idsByName(sql, 'fleets', 'name', given(lines, 'fleet'), scopes.fleets),
    vehicles: await idsByName(
      sql,
      'vehicles',
      'registration',
      given(lines, 'vehicle'),
      scopes.vehicles,
    ),
    sites: await idsByName(sql, 'sites', 'name', given(lines, 'site'), scopes.sites, 'id'),
  }
}

async function idsByName(
  sql: Sql,
  table: 'fleets' | 'vehicles' | 'sites',
  column: 'name' | 'registration',
  names: string[],
  scope: Scope,
  site = 'site_id',
): Promise<Map<string, number>> {
  if (names.length === 0) return new Map()
  const values: unknown[] = [names.map(nameKey)]
  const { rows } = await sql.query<{ id: number; name: string }>(
    `select id, ${column} as name from ${table}
      where lower(regexp_replace(${column}, '\\s+', '', 'g')) = any($1::text[])
        and ${scopeSql(scope, { charger: null, site }, values)}`,
    values,
  )
  return new Map(rows.map(({ id, name }) => [nameKey(name), id]))
}

function given(
  lines: readonly CardLine[],
  name: 'driverEmail' | 'fleet' | 'vehicle' | 'site',
): string[] {
  return [...new Set(lines.flatMap((line) => line[name] ?? []))]
}

export type WrittenCards = { driverIds: Map<string, number>; cardIds: Map<string, number> }

/** `writeCards`: the plan as rows: new drivers, new cards, changed cards, one statement each. Ids by e-mail and uid. */
export async function writeCards(
  sql: Sql,
  plan: CardPlan,
  made: { publicIds: readonly string[]; now: Date },
): Promise<WrittenCards> {
  const { rows: drivers } = await sql.query<{ id: number; email: string }>(
    `insert into drivers (name, email, site_id, public_id, updated_at, created_at)
     select name, email, site_id, public_id, $5, $5
       from unnest($1::text[], $2::text[], $3::int[], $4::text[]) as one (name, email, site_id, public_id)
     returning id, email`,
    [
      plan.drivers.map((driver) => driver.name),
      plan.drivers.map((driver) => driver.email),
      plan.drivers.map((driver) => driver.siteId),
      made.publicIds,
      made.now,
    ],
  )
  const driverIds = new Map(drivers.map(({ id, email }) => [email, id]))
  const values = (cards: CardPlan['cards']) => [
    cards.map((card) => card.uid),
    cards.map((card) => card.fields.label),
    cards.map((card) => card.fields.status),
    cards.map((card) => card.fields.expiresAt?.toISOString() ?? null),
    cards.map((card) =>
      card.newDriverEmail === null
        ? card.fields.driverId
        : (driverIds.get(card.newDriverEmail) ?? null),
    ),
    cards.map((card) => card.fields.fleetId),
    cards.map((card) => card.fields.vehicleId),
    cards.map((card) => card.fields.siteId),
    cards.map((card) => card.fields.parentIdTag),
    cards.map((card) => card.fields.note),
    made.now,
  ]
  const wished = `unnest($1::text[], $2::text[], $3::text[], $4::timestamptz[], $5::int[], $6::int[], $7::int[], $8::int[],
    $9::text[], $10::text[]) as w (uid, label, status, expires_at, driver_id, fleet_id, vehicle_id, site_id, parent_id_tag, note)`
  const { rows: created } = await sql.query<{ id: number; uid: string }>(
    `insert into rfid_cards (uid, label, status, expires_at, driver_id, fleet_id, vehicle_id, site_id, parent_id_tag,
                             note, updated_at, created_at)
     select uid, label, status::enum_rfid_cards_status, expires_at, driver_id, fleet_id, vehicle_id, site_id,
            parent_id_tag, note, $11, $11 from ${wished}
     returning id, uid`,
    values(plan.cards.filter((card) => card.cardId === null)),
  )
  const changed = plan.cards.filter((card) => card.cardId !== null)
  await sql.query(
    `update rfid_cards c set label = w.label, status = w.status::enum_rfid_cards_status, expires_at = w.expires_at,
            driver_id = w.driver_id, fleet_id = w.fleet_id, vehicle_id = w.vehicle_id, site_id = w.site_id,
            parent_id_tag = w.parent_id_tag, note = w.note, updated_at = $11
       from ${wished} where c.uid = w.uid`,
    values(changed),
  )
  return {
    driverIds,
    cardIds: new Map([
      ...created.map(({ id, uid }) => [uid, id] as const),
      ...changed.map((card) => [card.uid, card.cardId!] as const),
    ]),
  }
}
