/** Ninety days of sessions, priced as the product prices them, with their ledger and the readings of the last days. */
import type { Sql } from '@/db/pool'
import { contextCode } from '@/db/tables'
import { normaliseUid } from '@/domain/idToken'
import { priceSession } from '@/domain/tariff/price'
import { tariffOf } from '@/domain/tariff/resolve'
import { randomStream } from '#ocpp/sim/random'
import { chargerModels } from '#ocpp/sim/physics'
import { publicId } from '@/platform/ids'
import { demoZone, outOfUseOf } from './demoNetwork'
import { pastSessions, type PastSession } from './demoHistory'
import type { PlacedCard, PlacedCharger, PlacedConnector, PlacedNetwork } from './demoInsert'
import { readDemoTerms, type DemoTerms } from './demoTerms'

const DAYS = 90
const DETAILED_DAYS = 3
const CHUNK = 1_000

type Told = {
  charger: PlacedCharger
  connector: PlacedConnector
  card: PlacedCard
  past: PastSession
  startKey: string
}

/** Inserts the history that ends now; answers how many sessions, kWh and pounds it holds. */
export async function insertPast(sql: Sql, network: PlacedNetwork, now: Date) {
  const termsOf = await readDemoTerms(sql)
  const told = network.chargers
    .filter((charger) => charger.part !== 'neverConnected')
    .flatMap((charger) => historyOf(charger, network.cards, now))
    .sort((a, b) => a.past.startedAt.getTime() - b.past.startedAt.getTime())
  let energyWh = 0
  let costMinor = 0
  for (let from = 0; from < told.length; from += CHUNK) {
    const chunk = told.slice(from, from + CHUNK)
    const priced = chunk.map((one) => priceOf(one, termsOf(one.charger.id, one.card.id)))
    const ids = await insertSessions(sql, chunk, priced)
    await insertLedger(sql, chunk, priced, ids)
    await insertSamples(sql, chunk, ids)
    for (const { past } of chunk) energyWh += past.meterStopWh - past.meterStartWh
    for (const { price } of priced) costMinor += price.totalMinor ?? 0
  }
  return { sessions: told.length, energyWh, costMinor }
}

function historyOf(charger: PlacedCharger, cards: readonly PlacedCard[], now: Date): Told[] {
  const usable = cards.filter((card) => card.isActive)
  return charger.connectors.flatMap((connector) => {
    const random = randomStream(90, `${charger.identity}/${connector.number}`)
    const downSince = charger.part === 'offline' ? 51 : charger.part === 'outOfService' ? 200 : 1
    const past = pastSessions({
      character: charger.character,
      model: charger.model,
      days: DAYS,
      until: new Date(now.getTime() - downSince * 3_600_000),
      detailedFrom: new Date(now.getTime() - DETAILED_DAYS * 86_400_000),
      firstRegisterWh: random.whole(200_000, 6_000_000),
      outOfUse: outOfUseOf(charger, now),
      random,
    })
    return past.map((one) => {
      const card = random.pick(usable)
      return {
        charger,
        connector,
        card,
        past: one,
        startKey: [
          charger.id,
          connector.number,
          one.startedAt.toISOString(),
          one.meterStartWh,
          normaliseUid(card.uid),
        ].join('|'),
      }
    })
  })
}

function priceOf({ past }: Told, terms: DemoTerms) {
  const price = priceSession({
    samples: [
      { at: past.startedAt, energyWh: past.meterStartWh },
      ...past.samples.map(({ at, energyWh }) => ({ at, energyWh })),
      { at: past.stoppedAt, energyWh: past.meterStopWh },
    ],
    startedAt: past.startedAt,
    stoppedAt: past.stoppedAt,
    tariff: tariffOf(terms),
    now: past.stoppedAt,
    timezone: demoZone,
  })
  return { price, terms }
}

type Priced = ReturnType<typeof priceOf>

async function insertSessions(
  sql: Sql,
  told: readonly Told[],
  priced: readonly Priced[],
): Promise<Map<string, number>> {
  const rows = told.map(({ charger, connector, card, past, startKey }, i) => ({
    public_id: publicId(),
    status: priced[i]!.price.needsReview ? 'needs-review' : 'ended',
    charger_id: charger.id,
    connector_id: connector.id,
    connector_number: connector.number,
    site_id: charger.siteId,
    card_id: card.id,
    driver_id: card.driverId,
    id_tag: card.uid,
    started_at: past.startedAt,
    stopped_at: past.stoppedAt,
    device_started_at: past.startedAt.toISOString(),
    device_stopped_at: past.stoppedAt.toISOString(),
    meter_start_wh: past.meterStartWh,
    meter_stop_wh: past.meterStopWh,
    energy_wh: past.meterStopWh - past.meterStartWh,
    soc_percent: chargerModels[charger.model].current === 'DC' ? past.socPercent : null,
    last_sample_at: past.stoppedAt,
    duration_seconds: Math.round((past.stoppedAt.getTime() - past.startedAt.getTime()) / 1000),
    stop_reason: past.stopReason,
    tariff_version: priced[i]!.terms.versionId,
    price_source: priced[i]!.terms.priceSource,
    price_group_id: priced[i]!.terms.priceGroupId,
    discount_basis_points: priced[i]!.terms.discountBasisPoints,
    cost_minor: priced[i]!.price.totalMinor,
    tax_minor: priced[i]!.price.taxMinor,
    currency: priced[i]!.price.currency,
    priced_at: priced[i]!.price.needsReview ? null : new Date(past.stoppedAt.getTime() + 4_000),
    review_reason: priced[i]!.price.needsReview,
    start_key: startKey,
    created_at: past.startedAt,
    updated_at: past.stoppedAt,
  }))
  const columns = Object.keys(rows[0]!)
  const { rows: made } = await sql.query<{ id: number; start_key: string }>(
    `insert into sessions (${columns.join(', ')})
     select ${columns.map((column) => `x.${column}`).join(', ')}
       from jsonb_populate_recordset(null::sessions, $1::jsonb) x
     on conflict (start_key) do nothing returning id, start_key`,
    [JSON.stringify(rows)],
  )
  return new Map(made.map((row) => [row.start_key, row.id]))
}

async function insertLedger(
  sql: Sql,
  told: readonly Told[],
  priced: readonly Priced[],
  ids: ReadonlyMap<string, number>,
): Promise<void> {
  const rows = priced.flatMap(({ price }, i) =>
    price.lines.map((line, number) => ({
      session_id: ids.get(told[i]!.startKey),
      line: number + 1,
      kind: line.kind,
      quantity: line.quantity,
      unit: line.unit,
      rate_micros: line.rateMicros,
      amount_minor: line.amountMinor,
      tax_minor: line.taxMinor,
      from_at: line.from,
      until_at: line.until,
      body: {
        taxBasisPoints: line.taxBasisPoints,
        taxIncluded: line.taxIncluded,
        element: line.element,
      },
    })),
  )
  await sql.query(
    `insert into telemetry.ledger_lines
     select * from jsonb_populate_recordset(null::telemetry.ledger_lines, $1::jsonb) where session_id is not null`,
    [JSON.stringify(rows)],
  )
}

async function insertSamples(
  sql: Sql,
  told: readonly Told[],
  ids: ReadonlyMap<string, number>,
): Promise<void> {
  const context = contextCode('Sample.Periodic')
  const rows = told.flatMap(({ charger, connector, past, startKey }) => {
    const { current, phases } = chargerModels[charger.model]
    return past.samples.map((sample) => ({
      at: sample.at,
      received_at: sample.at,
      charger_id: charger.id,
      connector_id: connector.number,
      session_id: ids.get(startKey),
      context,
      energy_wh: sample.energyWh,
      power_w: sample.powerW,
      current_l1_a: current === 'AC' ? sample.powerW / 230 / phases : null,
      voltage_l1_v: current === 'AC' ? 230 : null,
      soc_percent: current === 'DC' ? sample.socPercent : null,
    }))
  })
  if (rows.length === 0) return
  await sql.query(
    `insert into telemetry.meter_samples
     select * from jsonb_populate_recordset(null::telemetry.meter_samples, $1::jsonb) where session_id is not null
     on conflict do nothing`,
    [JSON.stringify(rows)],
  )
}
