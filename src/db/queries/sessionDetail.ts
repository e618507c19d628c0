import type { Scope } from '../../domain/scope'
import type { TariffElement } from '../../domain/tariff/types'
import type { Sql } from '../pool'
import { scopeSql } from '../scopeSql'
import { curveSql, whoSql, type CurvePoint } from './chargerBoard'

export type LedgerLineRow = {
  line: number
  kind: string
  quantity: number
  unit: string
  rateMicros: number
  amountMinor: number
  taxMinor: number
  fromAt: string | null
  untilAt: string | null
  /** Which price of the frozen tariff; −1 for the least and the most, null in lines of old. */
  element: number | null
}

export type CorrectionLine = {
  id: number
  at: string
  kind: string
  amountMinor: number
  taxMinor: number
  energyWh: number
  reason: string
  by: string | null
}

export type SessionDetail = {
  id: number
  publicId: string | null
  transactionId: number
  status: string
  chargerId: number
  chargerName: string
  connectorNumber: number | null
  connectorStatus: string | null
  siteId: number | null
  siteName: string | null
  timezone: string
  who: string | null
  idTag: string | null
  stopIdTag: string | null
  startedAt: string
  stoppedAt: string | null
  deviceStartedAt: string | null
  deviceStoppedAt: string | null
  lastSampleAt: string | null
  meterStartWh: number | null
  meterStopWh: number | null
  energyWh: number | null
  powerW: number | null
  socPercent: number | null
  durationSeconds: number | null
  stopReason: string | null
  endedBy: string | null
  costMinor: number | null
  taxMinor: number | null
  currency: string | null
  pricedAt: string | null
  reviewReason: string | null
  tariffName: string | null
  /** The frozen version: what the tariff said when the session began. */
  tariffVersion: number | null
  tariffSince: string | null
  elements: Pick<TariffElement, 'name' | 'restrictions'>[] | null
  priceSource: string | null
  groupName: string | null
  discountBasisPoints: number | null
  correctionMinor: number | null
  correctionTaxMinor: number | null
  correctionWh: number | null
  corrections: CorrectionLine[]
  /** What the connector said around the end. */
  statuses: { at: string; status: string; errorCode: string | null }[]
  /** Who asked for the stop, where a command of ours did. */
  stoppedByCommand: string | null
  readAt: string
  curve: CurvePoint[] | null
  lines: LedgerLineRow[]
}

/** `readSessionDetail`: all that a session's page shows, in one statement; null outside the scope. */
export async function readSessionDetail(
  sql: Sql,
  sessionId: number,
  options: { scope: Scope; people: Scope },
): Promise<SessionDetail | null> {
  const values: unknown[] = [sessionId]
  const columns = { charger: 's.charger_id', site: 's.site_id' }
  const inScope = scopeSql(options.scope, columns, values)
  const people = scopeSql(options.people, columns, values)
  const { rows } = await sql.query<{ detail: SessionDetail }>(
    `select json_build_object('id', s.id, 'publicId', s.public_id, 'transactionId', s.transaction_id,
       'status', s.status, 'chargerId', s.charger_id, 'chargerName', ch.name, 'connectorNumber', s.connector_number,
       'connectorStatus', cs.status, 'siteId', s.site_id, 'siteName', si.name,
       'timezone', coalesce(nullif(si.timezone, ''), (select timezone from settings limit 1), 'Europe/London'),
       'who', case when ${people} then ${whoSql('s')} end, 'idTag', case when ${people} then s.id_tag end,
       'stopIdTag', case when ${people} then s.stop_id_tag end, 'startedAt', s.started_at, 'stoppedAt', s.stopped_at,
       'deviceStartedAt', s.device_started_at, 'deviceStoppedAt', s.device_stopped_at,
       'lastSampleAt', s.last_sample_at, 'meterStartWh', s.meter_start_wh, 'meterStopWh', s.meter_stop_wh,
       'energyWh', s.energy_wh, 'powerW', s.power_w, 'socPercent', s.soc_percent,
       'durationSeconds', s.duration_seconds, 'stopReason', s.stop_reason, 'endedBy', s.ended_by,
       'costMinor', s.cost_minor, 'taxMinor', s.tax_minor, 'currency', s.currency, 'pricedAt', s.priced_at,
       'reviewReason', s.review_reason, 'readAt', clock_timestamp(),
       'tariffName', (select t.name from tariffs t where t.id = tv.tariff_id), 'tariffVersion', s.tariff_version,
       'tariffSince', tv.created_at, 'elements', tv.body -> 'elements', 'priceSource', s.price_source,
       'groupName', (select g.name from price_groups g where g.id = s.price_group_id),
       'discountBasisPoints', s.discount_basis_points, 'correctionMinor', s.correction_minor,
       'correctionTaxMinor', s.correction_tax_minor, 'correctionWh', s.correction_wh,
       'corrections', coalesce((select json_agg(json_build_object('id', co.id, 'at', co.created_at, 'kind', co.kind,
                  'amountMinor', co.amount_minor, 'taxMinor', co.tax_minor, 'energyWh', co.energy_wh, 'reason', co.reason,
                  'by', (select coalesce(nullif(u.name, ''), u.email) from users u where u.id = co.made_by_id))
                                 order by co.id) from corrections co where co.session_id = s.id), '[]'),
       'statuses', coalesce((select json_agg(json_build_object('at', l.at, 'status', l.status, 'errorCode', l.error_code)
                                       order by l.at)
          from telemetry.status_log l
         where l.charger_id = s.charger_id and l.connector_id = s.connector_number
           and l.at between s.stopped_at - interval '5 minutes' and s.stopped_at + interval '5 minutes'), '[]'),
       'stoppedByCommand', (select coalesce(nullif(u.name, ''), u.email, c.source) from commands c
           left join users u on u.id = c.requested_by_id
          where c.charger_id = s.charger_id and c.action = 'RemoteStopTransaction'
            and c.transaction_id = s.transaction_id order by c.id desc limit 1),
       'curve', ${curveSql('s')},
       'lines', coalesce((select json_agg(json_build_object('line', l.line, 'kind', l.kind, 'quantity', l.quantity,
                  'unit', l.unit, 'rateMicros', l.rate_micros, 'amountMinor', l.amount_minor, 'taxMinor', l.tax_minor,
                  'fromAt', l.from_at, 'untilAt', l.until_at,
                  'element', (l.body ->> 'element')::int) order by l.line)
                            from telemetry.ledger_lines l where l.session_id = s.id), '[]')) as detail
       from sessions s
       join chargers ch on ch.id = s.charger_id
       left join sites si on si.id = s.site_id
       left join telemetry.tariff_versions tv on tv.id = s.tariff_version
       left join connectors cn on cn.charger_id = s.charger_id and cn.connector_id = s.connector_number
       left join connector_states cs on cs.id = cn.state_id
      where s.id = $1 and ${inScope}`,
    values,
  )
  return rows[0]?.detail ?? null
}
