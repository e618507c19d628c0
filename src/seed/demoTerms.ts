import type { Sql } from '@/db/pool'
import { priceTermsSql } from '@/db/queries/priceTermsSql'
import type { PriceTerms } from '@/domain/tariff/resolve'
import type { Tariff } from '@/domain/tariff/types'
import { demoNote } from './demoNetwork'

export type DemoTerms = PriceTerms & {
  versionId: number | null
  priceGroupId: number | null
}

/** `readDemoTerms`: what each card pays at each charger, by the statement that opens sessions. */
export async function readDemoTerms(
  sql: Sql,
): Promise<(charger: number, card: number) => DemoTerms> {
  const { rows } = await sql.query<
    Omit<DemoTerms, 'tariff'> & { chargerId: number; cardId: number }
  >(
    `select ch.id "chargerId", card.id "cardId", terms.source "priceSource", tv.id "versionId",
            terms.discount::int "discountBasisPoints", pg.id "priceGroupId",
            coalesce(tv.body ->> 'currency', terms.currency, 'GBP') currency
       from chargers ch join sites si on si.id = ch.site_id
       left join connectors cn on false
       cross join rfid_cards card
       ${priceTermsSql('now()')}
      where ch.note = $1 and card.note = $1 and card.status = 'active'`,
    [demoNote],
  )
  const bodies = await sql.query<{ id: number; body: Tariff }>(
    `select id, body from telemetry.tariff_versions where id = any($1::bigint[])`,
    [rows.map(({ versionId }) => versionId)],
  )
  const tariffs = new Map(bodies.rows.map(({ id, body }) => [id, body]))
  const known = new Map(
    rows.map(({ chargerId, cardId, ...terms }) => [
      `${chargerId}/${cardId}`,
      {
        ...terms,
        tariff: terms.versionId === null ? null : (tariffs.get(terms.versionId) ?? null),
      },
    ]),
  )
  return (charger, card) => known.get(`${charger}/${card}`)!
}
