import type { Sql } from '../../pool'

export type SampleRow = {
  at: Date
  energyWh: number | null
  powerW: number | null
  socPercent: number | null
}

/** `chargeSamples`: at most `limit` readings after an instant, ascending; thinned to one per `everySeconds`. */
export async function chargeSamples(
  sql: Sql,
  of: {
    chargerId: number
    sessionId: number
    after: Date | null
    everySeconds: number
    limit: number
  },
): Promise<SampleRow[]> {
  const { rows } = await sql.query<SampleRow>(
    `select distinct on (bucket) at, energy_wh as "energyWh", power_w as "powerW", soc_percent as "socPercent" from (
       select m.*, date_bin(make_interval(secs => $4), m.at, 'epoch') bucket from telemetry.meter_samples m
        where m.charger_id = $1 and m.session_id = $2 and ($3::timestamptz is null or m.at > $3)) binned
      order by bucket, at desc limit $5`,
    [of.chargerId, of.sessionId, of.after, of.everySeconds, of.limit],
  )
  return rows
}

export type ReceiptLine = {
  kind: string
  quantity: number
  unit: string
  rateMicros: number
  amountMinor: number
  taxMinor: number
  from: Date | null
  until: Date | null
  taxBasisPoints: number | null
  taxIncluded: boolean | null
}

export async function receiptLines(sql: Sql, sessionId: number): Promise<ReceiptLine[]> {
  const { rows } = await sql.query<ReceiptLine>(
    `select kind, quantity, unit, rate_micros as "rateMicros", amount_minor as "amountMinor", tax_minor as "taxMinor",
            from_at as "from", until_at as "until", (body ->> 'taxBasisPoints')::int as "taxBasisPoints",
            (body ->> 'taxIncluded')::bool as "taxIncluded"
       from telemetry.ledger_lines where session_id = $1 order by line`,
    [sessionId],
  )
  return rows
}

export type Correction = {
  at: Date
  netMinor: number
  taxMinor: number
  energyWh: number
  taxBasisPoints: number | null
}

/** What was decided about a session afterwards, in order; without the reasons, which are staff’s. */
export async function receiptCorrections(sql: Sql, sessionId: number): Promise<Correction[]> {
  const { rows } = await sql.query<Correction>(
    `select created_at as at, coalesce(amount_minor, 0) as "netMinor", coalesce(tax_minor, 0) as "taxMinor",
            coalesce(energy_wh, 0) as "energyWh", tax_basis_points::int as "taxBasisPoints"
       from corrections where session_id = $1 and (amount_minor <> 0 or tax_minor <> 0 or energy_wh <> 0) order by id`,
    [sessionId],
  )
  return rows
}

/** Connector statuses around the end, for why charging stopped. */
export async function statusesAround(
  sql: Sql,
  of: { chargerId: number; connectorNumber: number; at: Date },
): Promise<{ at: Date; status: string; errorCode: string | null }[]> {
  const { rows } = await sql.query<{ at: Date; status: string; errorCode: string | null }>(
    `select at, status, error_code as "errorCode" from telemetry.status_log
      where charger_id = $1 and connector_id = $2 and at between $3::timestamptz - interval '10 minutes' and $3::timestamptz + interval '2 minutes'
      order by at limit 50`,
    [of.chargerId, of.connectorNumber, of.at],
  )
  return rows
}
