import type { Sql } from '../pool'

/** One line of a charger's history: what it said of itself, or what became of its connection. */
export type ChargerEvent = {
  /** Instant with microseconds, source and number: unique, and where the next page begins. */
  key: string
  at: string
  kind: string
  connectorId: number | null
  status: string | null
  errorCode: string | null
  vendorErrorCode: string | null
  vendorId: string | null
  info: string | null
  deviceTime: string | null
  /** A lost connection: when the charger was back; null while it is away. */
  until: string | null
  body: Record<string, unknown> | null
}

export const eventGroups = ['all', 'faults', 'status', 'connection', 'other'] as const
export type EventGroup = (typeof eventGroups)[number]

const kindsOf: Readonly<Record<EventGroup, readonly string[]>> = {
  faults: [],
  status: [],
  connection: ['charger.connected', 'charger.disconnected', 'charger.booted'],
  other: ['charger.firmware', 'charger.diagnostics', 'charger.security'],
  all: [
    'charger.connected',
    'charger.disconnected',
    'charger.booted',
    'charger.firmware',
    'charger.diagnostics',
    'charger.security',
  ],
}

/** What is kept of the outbox when it is emptied: the kinds above. The partial index `events_history` says the same. */
export const historyKinds = kindsOf.all
const isHistory = `kind in (${historyKinds.map((kind) => `'${kind}'`).join(', ')})`

export type EventFilter = {
  group: EventGroup
  connectorId: number | null
  before: string | null
  limit: number
  /** False for those who see states only: no vendor codes, texts or serial numbers. */
  seesDetails: boolean
}

const text = (at: string) => `to_char(${at} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`

/**
 * `readChargerEvents`: newest first; the caller has checked that the charger is in sight. Indexes: status_log_charger_at,
 * events_history, charger_log_charger_at. Status lines are kept for ever, the others as long as the frame log.
 */
export async function readChargerEvents(
  sql: Sql,
  chargerId: number,
  filter: EventFilter,
): Promise<ChargerEvent[]> {
  const { group, connectorId, limit, seesDetails } = filter
  const [at = null, source = '', id = '0'] = filter.before?.split(' ') ?? []
  const { rows } = await sql.query<Omit<ChargerEvent, 'at'>>(
    `with history as not materialized (
       select id, at, kind, body from telemetry.events where charger_id = $1 and ${isHistory}
       union all select id, at, kind, body from telemetry.charger_log where charger_id = $1
     )
     select key, kind, "connectorId", status, "errorCode", "vendorErrorCode", "vendorId", info, "deviceTime", until, body
       from ((
         select ${text('s.at')} || ' s ' || s.id as key, s.at as stamp, 's' as source, s.id, 'status' as kind,
                s.connector_id as "connectorId", s.status, s.error_code as "errorCode",
                case when $7 then s.vendor_error_code end as "vendorErrorCode", case when $7 then s.vendor_id end as "vendorId",
                case when $7 then s.info end as info, s.device_time as "deviceTime", null as until, null::jsonb as body
           from telemetry.status_log s
          where s.charger_id = $1 and $2 in ('all', 'faults', 'status')
            and ($2 <> 'faults' or s.status = 'Faulted' or s.error_code <> 'NoError')
            and ($3::int is null or s.connector_id = $3)
            and ($4::timestamptz is null or s.at <= $4 and (s.at, 's', s.id) < ($4, $5::text, $6::bigint))
          order by s.at desc, s.id desc limit $8
       ) union all (
         select ${text('e.at')} || ' e ' || e.id, e.at, 'e', e.id, e.kind, null, e.body ->> 'status', null, null, null,
                case when $7 then coalesce(e.body ->> 'techInfo', e.body ->> 'info') end, e.body ->> 'deviceTime',
                case when e.kind = 'charger.disconnected' then (
                  select ${text('min(n.at)')} from history n where n.kind = 'charger.connected' and n.at >= e.at) end,
                case when $7 then e.body end
           from history e
          where e.kind = any($9::text[]) and $3::int is null
            and ($4::timestamptz is null or e.at <= $4 and (e.at, 'e', e.id) < ($4, $5::text, $6::bigint))
          order by e.at desc, e.id desc limit $8
       )) lines
      order by stamp desc, source desc, id desc limit $8`,
    [chargerId, group, connectorId, at, source, id, seesDetails, limit, kindsOf[group]],
  )
  return rows.map((row) => ({ ...row, at: row.key.slice(0, row.key.indexOf(' ')) }))
}
