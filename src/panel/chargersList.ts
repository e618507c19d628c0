import type { Payload } from 'payload'
import { cache } from 'react'

import { readChargerRows, type ChargerRowExtras } from '@/db/queries/chargerRows'
import { poolOf } from '@/db/requestSql'

/**
 * `loadChargerRow`: what the row of a charger shows besides its own fields. The cells of one page ask one by one and are
 * answered by one statement. They are drawn only for rows that access has let through.
 */
export async function loadChargerRow(
  payload: Payload,
  chargerId: number,
): Promise<ChargerRowExtras | undefined> {
  const batch = batchOf(payload)
  batch.ids.add(chargerId)
  batch.rows ??= Promise.resolve().then(async () => {
    // The cells of the other rows ask within this turn of the loop.
    await new Promise((resolve) => setImmediate(resolve))
    const ids = [...batch.ids]
    batch.ids.clear()
    batch.rows = null
    const rows = await readChargerRows(poolOf({ payload }), ids)
    return new Map(rows.map((row) => [row.chargerId, row]))
  })
  return (await batch.rows).get(chargerId)
}

type Batch = { ids: Set<number>; rows: Promise<Map<number, ChargerRowExtras>> | null }

const batchOf = cache((_payload: Payload): Batch => ({ ids: new Set(), rows: null }))
