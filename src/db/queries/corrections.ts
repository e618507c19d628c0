import { channels } from '../channels'
import type { Sql } from '../pool'
import type { Scope } from '../../domain/scope'
import { scopeSql } from '../scopeSql'
import { reopenStarts } from './app/openStarts'
import { priceTermsSql } from './priceTermsSql'

export type CorrectedSession = {
  id: number
  chargerId: number
  siteId: number | null
  status: string
  stoppedAt: Date | null
  isPriced: boolean
  finalMinor: number | null
  finalWh: number | null
  currency: string | null
  hasTerms: boolean
  /** Of the tariff it was priced by; null where there is none. */
  taxBasisPoints: number | null
}

/** `lockCorrected`: a session in the scope, locked until the decision is written; null outside. */
export async function lockCorrected(
  sql: Sql,
  sessionId: number,
  scope: Scope,
): Promise<CorrectedSession | null> {
  const values: unknown[] = [sessionId]
  const inScope = scopeSql(scope, { charger: 's.charger_id', site: 's.site_id' }, values)
  const { rows } = await sql.query<CorrectedSession>(
    `select s.id, s.charger_id "chargerId", s.site_id "siteId", s.status, s.stopped_at "stoppedAt",
            s.priced_at is not null "isPriced", s.cost_minor + coalesce(s.correction_minor, 0) "finalMinor",
            s.energy_wh + coalesce(s.correction_wh, 0) "finalWh", coalesce(s.currency, (select currency from settings limit 1), 'GBP') currency,
            s.price_source is not null "hasTerms",
            (select (v.body ->> 'taxBasisPoints')::int from telemetry.tariff_versions v where v.id = s.tariff_version)
              "taxBasisPoints"
       from sessions s where s.id = $1 and ${inScope} for update of s`,
    values,
  )
  return rows[0] ?? null
}

export type CorrectionRow = {
  session: CorrectedSession
  kind: string
  netMinor: number
  taxMinor: number
  taxBasisPoints: number
  energyWh: number
  reason: string
  madeBy: number
  now: Date
}

/**
 * `insertCorrection`: the decision, what it means for the session, and one event, in the caller's transaction. Answers
 * the new row's id. A settled or accepted session is final; what its charger measured stays as it was.
 */
export async function insertCorrection(sql: Sql, row: CorrectionRow): Promise<number> {
  const { session } = row
  const { rows } = await sql.query<{ id: number }>(
    `insert into corrections (session_id, charger_id, site_id, kind, amount_minor, tax_minor, tax_basis_points, currency,
            energy_wh, reason, made_by_id, counts_at, created_at, updated_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $12, $12) returning id`,
    [
      session.id,
      session.chargerId,
      session.siteId,
      row.kind,
      row.netMinor,
      row.taxMinor,
      row.taxBasisPoints,
      session.currency,
      row.energyWh,
      row.reason,
      row.madeBy,
      row.now,
    ],
  )
  const isFinal = row.kind === 'settlement' || row.kind === 'accepted'
  await sql.query(
    `update sessions set correction_minor = coalesce(correction_minor, 0) + $2,
            correction_tax_minor = coalesce(correction_tax_minor, 0) + $3,
            correction_wh = coalesce(correction_wh, 0) + $4, updated_at = $6,
            status = case when $5 then 'ended' else status end,
            priced_at = case when $5 then coalesce(priced_at, $6) else priced_at end,
            cost_minor = case when $5 then coalesce(cost_minor, 0) else cost_minor end,
            tax_minor = case when $5 then coalesce(tax_minor, 0) else tax_minor end,
            energy_wh = case when $5 then coalesce(energy_wh, 0) else energy_wh end,
            currency = coalesce(currency, $7)
      where id = $1`,
    [
      session.id,
      row.netMinor + row.taxMinor,
      row.taxMinor,
      row.energyWh,
      isFinal,
      row.now,
      session.currency,
    ],
  )
  await sql.query(
    `insert into telemetry.events (at, kind, charger_id, site_id, session_id, body)
     values ($1, 'session.corrected', $2, $3, $4, jsonb_build_object('correction', $5::int, 'kind', $6::text))`,
    [row.now, session.chargerId, session.siteId, session.id, rows[0]!.id, row.kind],
  )
  await reopenStarts(sql, [session.id])
  await sql.query('select pg_notify($1, $2)', [channels.event, ''])
  return rows[0]!.id
}

/** What a session is priced by from now on: a tariff, nothing at all, or what holds at its charger today. */
export type NewTerms = { kind: 'tariff'; tariffId: number } | { kind: 'free' } | { kind: 'now' }

/**
 * `setTerms`: the session waits for its price again, by these terms; false where they hold no price. Only for one whose
 * price was never known: what was once frozen stays frozen.
 */
export async function setTerms(sql: Sql, sessionId: number, terms: NewTerms): Promise<boolean> {
  const set = `status = 'ended', review_reason = null, priced_at = null`
  if (terms.kind === 'free') {
    await sql.query(
      `update sessions s set ${set}, price_source = 'chosen-free',
              currency = coalesce(s.currency, (select currency from settings limit 1), 'GBP') where id = $1`,
      [sessionId],
    )
    return true
  }
  if (terms.kind === 'tariff') {
    const { rowCount } = await sql.query(
      `update sessions s set ${set}, price_source = 'chosen', tariff_version = v.id, discount_basis_points = null,
              currency = v.body ->> 'currency'
         from (select id, body from telemetry.tariff_versions where tariff_id = $2 order by id desc limit 1) v
        where s.id = $1`,
      [sessionId, terms.tariffId],
    )
    return rowCount === 1
  }
  const { rowCount } = await sql.query(
    `update sessions s set ${set}, price_source = found.source, tariff_version = found.version,
            discount_basis_points = found.discount, price_group_id = found.group_id, currency = found.currency
       from (select se.id, terms.source, tv.id "version", terms.discount, pg.id group_id,
                    coalesce(tv.body ->> 'currency', terms.currency, 'GBP') currency
               from sessions se
               join chargers ch on ch.id = se.charger_id
               join sites si on si.id = ch.site_id
               left join connectors cn on cn.id = se.connector_id
               left join rfid_cards card on card.id = se.card_id
               ${priceTermsSql('now()')}
              where se.id = $1 and (tv.id is not null or terms.source like '%-free')) found
      where s.id = found.id and s.price_source is null`,
    [sessionId],
  )
  if (rowCount === 1) return true
  const { rowCount: again } = await sql.query(
    `update sessions set ${set} where id = $1 and price_source is not null`,
    [sessionId],
  )
  return again === 1
}
