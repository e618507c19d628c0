import type { CollectionBeforeChangeHook, CollectionBeforeDeleteHook } from 'payload'

import { requestSql } from '@/db/requestSql'

const tables = {
  chargers: { rows: 'chargers', states: 'charger_states' },
  connectors: { rows: 'connectors', states: 'connector_states' },
} as const

type Twinned = keyof typeof tables

/** `createTwin`: a new charger or connector gets the row its facts are written to, in the same transaction. */
export const createTwin: CollectionBeforeChangeHook = async ({
  collection,
  data,
  operation,
  req,
}) => {
  if (operation !== 'create') return data
  const { states } = tables[collection.slug as Twinned]
  const sql = await requestSql(req)
  const { rows } = await sql.query<{ id: number }>(
    `insert into ${states} default values returning id`,
  )
  return { ...data, state: rows[0]?.id }
}

/** `removeTwin`: the state row goes first, cut off from its owner, which may not point to nothing. */
export const removeTwin: CollectionBeforeDeleteHook = async ({ collection, id, req }) => {
  const { rows: table, states } = tables[collection.slug as Twinned]
  const sql = await requestSql(req)
  const { rows } = await sql.query<{ state_id: number | null }>(
    `select state_id from ${table} where id = $1 for update`,
    [id],
  )
  await sql.query(`update ${table} set state_id = null where id = $1`, [id])
  await sql.query(`delete from ${states} where id = $1`, [rows[0]?.state_id ?? null])
}
