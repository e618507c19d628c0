import type {
  CollectionAfterChangeHook,
  CollectionAfterDeleteHook,
  CollectionBeforeDeleteHook,
  PayloadRequest,
} from 'payload'

import { channels } from '@/db/channels'
import { notify } from '@/db/notify'
import { superAdminsBeside, endLoginsOf } from '@/db/queries/logins'
import { requestSql } from '@/db/requestSql'
import { idOf } from '../access/fieldByPolicy'
import { conflict } from '../problem'

type Row = Record<string, unknown>

const rights = ['user', 'role', 'scope', 'regions', 'sites', 'chargers', 'from', 'until'] as const

/**
 * `endLoginsOnChange`: a right that was changed or taken away ends the person's logins, live channel included, so that
 * nothing that was read with it stays open (SEC-19). A right that is added only makes itself known.
 */
export const endLoginsOnChange: CollectionAfterChangeHook = async ({
  doc,
  operation,
  previousDoc,
  req,
}) => {
  const [next, before] = [doc as Row, previousDoc as Row]
  if (operation === 'create') return tell(req, [idOf(next['user'])])
  if (rights.every((name) => sameRight(next[name], before[name]))) return
  if (isSuperAdmin(before) && !isSuperAdmin(next)) await demandAnother(req, idOf(next['id']), true)
  await end(req, [idOf(next['user']), idOf(before['user'])])
}

export const keepOneSuperAdmin: CollectionBeforeDeleteHook = ({ id, req }) =>
  demandAnother(req, Number(id), false)

export const endLoginsOnDelete: CollectionAfterDeleteHook = ({ doc, req }) =>
  end(req, [idOf((doc as Row)['user'])])

/** `endLogins`: the person has to sign in again, everywhere. */
export async function end(req: PayloadRequest, userIds: (number | null)[]): Promise<void> {
  const ids = [...new Set(userIds.filter((id) => id !== null))]
  await endLoginsOf(await requestSql(req), ids)
  await tell(req, ids)
}

async function tell(req: PayloadRequest, userIds: (number | null)[]): Promise<void> {
  const sql = await requestSql(req)
  for (const id of userIds) if (id !== null) await notify(sql, channels.access, id)
}

/** Without a Super Admin nobody could give anyone access again. */
async function demandAnother(
  req: PayloadRequest,
  grantId: number | null,
  wasOne: boolean,
): Promise<void> {
  const held = await superAdminsBeside(await requestSql(req), { grantId, userId: null })
  if ((wasOne || held.isOne) && !held.areOthers)
    throw conflict('This is the last Super Admin. Make someone else a Super Admin first.')
}

function isSuperAdmin(grant: Row): boolean {
  const until = grant['until']
  const isOver = typeof until === 'string' && new Date(until).getTime() <= Date.now()
  return grant['role'] === 'super-admin' && !isOver
}

function sameRight(a: unknown, b: unknown): boolean {
  const plain = (value: unknown): unknown =>
    Array.isArray(value)
      ? value.map(idOf).sort()
      : typeof value === 'object' && value
        ? idOf(value)
        : (value ?? null)
  return JSON.stringify(plain(a)) === JSON.stringify(plain(b))
}
