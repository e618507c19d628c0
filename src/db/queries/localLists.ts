import type { KnownCard } from '../../domain/authorize'
import type { Ended, ListEntries, ListState } from '../../domain/localList'
import type { Sql } from '../pool'

export type KeptList = ListState & {
  chargerId: number
  /** The command under way has ended so; null while it is under way, and where none is. */
  ended: Ended | null
  isWaiting: boolean
  bootedAt: Date | null
  perMessage: number
  inAll: number
}

const isKept = (ch: string, si: string) =>
  `(${ch}.local_list::text = 'on' or (coalesce(${ch}.local_list::text, 'site') = 'site' and ${si}.keep_local_lists))`

/** SQL: whether somebody has switched on that the memory of this charger is kept in step. */
export const keepsListSql = isKept

/** How much a charger takes that does not tell. */
const usualPerMessage = 20
const usualInAll = 200

/**
 * `claimLocalLists`: connected chargers whose card list is kept in step, with what is known of it, locked for this
 * transaction. A charger that is new here gets its row.
 */
export async function claimLocalLists(sql: Sql, now: Date, limit: number): Promise<KeptList[]> {
  await sql.query(
    `insert into telemetry.local_lists (charger_id, next_try_at)
     select ch.id, $1 from chargers ch join sites si on si.id = ch.site_id join charger_states st on st.id = ch.state_id
      where ${isKept('ch', 'si')} and st.connected and st.registration_status = 'Accepted'
     on conflict do nothing`,
    [now],
  )
  const configured = (key: string) =>
    `(select case when k.value ~ '^[1-9][0-9]{0,5}$' then k.value::int end from telemetry.charger_configuration k
       where k.charger_id = l.charger_id and k.key = '${key}')`
  const { rows } = await sql.query<
    Omit<KeptList, 'ended'> & {
      action: string | null
      status: string | null
      reason: string | null
      outcome: string | null
      response: string | null
      createdAt: Date | null
      isFinal: boolean | null
    }
  >(
    `select l.charger_id "chargerId", l.version, l.entries, l.is_capable "isCapable", l.asked_at "askedAt", l.pending,
            l.tries, l.next_try_at "nextTryAt", l.cache_cleared_at "cacheClearedAt", st.booted_at "bootedAt",
            c.action, c.status, c.reason, c.outcome, c.response, c.created_at "createdAt", c.is_final "isFinal",
            coalesce(not c.is_final, false) "isWaiting",
            coalesce(${configured('SendLocalListMaxLength')}, ${usualPerMessage}) "perMessage",
            coalesce(${configured('LocalAuthListMaxLength')}, ${usualInAll}) "inAll"
       from telemetry.local_lists l
       join chargers ch on ch.id = l.charger_id
       join sites si on si.id = ch.site_id
       join charger_states st on st.id = ch.state_id
       left join commands c on c.id = l.command_id
      where ${isKept('ch', 'si')} and st.connected and st.registration_status = 'Accepted'
      order by l.updated_at limit $1 for update of l skip locked`,
    [limit],
  )
  return rows.map(({ action, status, reason, outcome, response, createdAt, isFinal, ...list }) => ({
    ...list,
    ended:
      isFinal && action && status && createdAt
        ? { action, status, reason, outcome, createdAt, response: parsed(response) }
        : null,
  }))
}

export type Candidate = KnownCard & { uid: string; isShutOut: boolean; changedAt: Date }

/**
 * `listCandidates`: the cards that matter at a charger, the latest used first: those of its site, those that charged at
 * the site within half a year, and those a private charger names.
 */
export async function listCandidates(
  sql: Sql,
  chargerId: number,
  limit: number,
): Promise<Candidate[]> {
  const { rows } = await sql.query<Candidate>(
    `with here as (
       select ch.id, ch.site_id, ch.visibility = 'private' and exists (
                select from chargers_rels r where r.parent_id = ch.id
                   and r.path in ('approvedDrivers', 'approvedFleets', 'approvedCards')) names
         from chargers ch where ch.id = $1
     ), used as (
       select s.card_id id, max(s.started_at) at from sessions s, here
        where s.site_id = here.site_id and s.card_id is not null and s.started_at > now() - interval '180 days'
        group by s.card_id
     )
     select k.uid, k.status::text, k.expires_at "expiresAt", k.parent_id_tag "parentIdToken",
            coalesce(d.status::text = 'suspended', false) "isDriverSuspended", false "isHeldElsewhere",
            here.names and not (own.is_named) "isShutOut",
            greatest(k.updated_at, d.updated_at) "changedAt"
       from here cross join rfid_cards k
       left join drivers d on d.id = k.driver_id
       left join vehicles v on v.id = k.vehicle_id
       left join used on used.id = k.id
       cross join lateral (
         select exists (select from chargers_rels r where r.parent_id = here.id
                   and ((r.path = 'approvedCards' and r.rfid_cards_id = k.id)
                     or (r.path = 'approvedDrivers' and r.drivers_id in (k.driver_id, v.driver_id))
                     or (r.path = 'approvedFleets' and r.fleets_id in (k.fleet_id, d.fleet_id, v.fleet_id)))) is_named
       ) own
      where k.site_id = here.site_id or used.id is not null or own.is_named
      order by used.at desc nulls last, k.id limit $2`,
    [chargerId, limit],
  )
  return rows
}

export async function storeLocalList(
  sql: Sql,
  chargerId: number,
  state: ListState & { commandId: number | null },
  now: Date,
): Promise<void> {
  await sql.query(
    `update telemetry.local_lists set version = $2, entries = $3, is_capable = $4, asked_at = $5, pending = $6, tries = $7,
            next_try_at = $8, cache_cleared_at = $9, command_id = $10, updated_at = $11 where charger_id = $1`,
    [
      chargerId,
      state.version,
      JSON.stringify(state.entries satisfies ListEntries),
      state.isCapable,
      state.askedAt,
      state.pending && JSON.stringify(state.pending),
      state.tries,
      state.nextTryAt,
      state.cacheClearedAt,
      state.commandId,
      now,
    ],
  )
}

function parsed(text: string | null): unknown {
  try {
    return JSON.parse(text ?? 'null')
  } catch {
    return null
  }
}
