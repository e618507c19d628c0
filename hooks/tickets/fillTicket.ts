import type { CollectionBeforeValidateHook, PayloadRequest } from 'payload'

import { requestSql } from '@/db/requestSql'
import { idOf } from '../access/fieldByPolicy'
import { staffOf } from '../access/whoAsks'

/**
 * `fillTicket`: a new ticket has a number and says who opened it; its charger and site follow from the session, the
 * alert or the charger it is about. What it points to is judged by `relationsInSight`.
 */
export const fillTicket: CollectionBeforeValidateHook = async ({
  data,
  operation,
  originalDoc,
  req,
}) => {
  if (!data) return data
  const about = { ...(originalDoc as object | undefined), ...data } as Record<string, unknown>
  const place = await placeOf(req, about)
  const next = { ...data, ...(place ?? {}) }
  if (operation !== 'create') return next
  return { ...next, number: await nextNumber(req), reporter: staffOf(req)?.id ?? null }
}

async function placeOf(
  req: PayloadRequest,
  about: Record<string, unknown>,
): Promise<{ charger: number; site: number } | null> {
  const ids = [idOf(about['session']), idOf(about['alert']), idOf(about['charger'])]
  if (ids.every((id) => id === null)) return null
  const sql = await requestSql(req)
  const { rows } = await sql.query<{ charger: number; site: number }>(
    `select c.id charger, c.site_id site from chargers c
      where c.id = coalesce((select charger_id from sessions where id = $1),
                            (select charger_id from alerts where id = $2), $3::int)`,
    ids,
  )
  return rows[0] ?? null
}

async function nextNumber(req: PayloadRequest): Promise<number> {
  const sql = await requestSql(req)
  const { rows } = await sql.query<{ number: number }>(
    `select nextval('telemetry.ticket_numbers')::int number`,
  )
  return rows[0]?.number ?? 0
}
