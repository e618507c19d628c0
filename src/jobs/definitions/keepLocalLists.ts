import { requestCommand } from '../../commands/request'
import {
  claimLocalLists,
  listCandidates,
  storeLocalList,
  type Candidate,
  type KeptList,
} from '../../db/queries/localLists'
import type { Sql } from '../../db/pool'
import { withTransaction } from '../../db/tx'
import { authorize } from '../../domain/authorize'
import { afterListCommand, nextListWish, type ListEntry } from '../../domain/localList'
import { ocppTime } from '../../domain/reservation'
import type { JobContext, JobDefinition } from '../job'

const atOnce = 200

/**
 * The card lists inside chargers, where somebody has switched it on: asked for after a boot, sent whole or in parts,
 * changed when cards change. Without the setting nothing is sent.
 */
export const keepLocalLists: JobDefinition = {
  name: 'keepLocalLists',
  expression: '*/3 * * * * *',
  run: keepLocalListsAt,
}

export async function keepLocalListsAt({ pool, now }: JobContext): Promise<void> {
  const at = now()
  await withTransaction(pool, async (sql) => {
    for (const list of await claimLocalLists(sql, at, atOnce))
      if (!list.isWaiting) await keepInStep(sql, list, at)
  })
}

async function keepInStep(sql: Sql, list: KeptList, now: Date): Promise<void> {
  const { chargerId, ended, bootedAt, perMessage } = list
  const state = ended ? afterListCommand(list, ended, now) : list
  const candidates = await listCandidates(sql, chargerId, list.inAll)
  const entries = candidates.map((card): [string, ListEntry] => [card.uid, entryOf(card, now)])
  const spoilt = candidates.filter((_card, i) => entries[i]![1].status !== 'Accepted')
  const wish = nextListWish(state, {
    wanted: Object.fromEntries(entries),
    perMessage,
    bootedAt,
    spoiltAt: spoilt.reduce<Date | null>(
      (latest, { changedAt }) => (!latest || changedAt > latest ? changedAt : latest),
      null,
    ),
    now,
  })
  let commandId: number | null = null
  if (wish) {
    const requested = await requestCommand(sql, {
      asker: { kind: 'rule' },
      source: 'rule',
      actor: { name: 'Card lists', role: null, ip: null, requestId: null },
      charger: chargerId,
      action: wish.action,
      payload: wish.payload,
      now,
    })
    if (requested.kind === 'queued') commandId = requested.id
  }
  if (!ended && commandId === null) return
  const pending = commandId !== null && wish && 'pending' in wish ? wish.pending : null
  await storeLocalList(sql, chargerId, { ...state, pending, commandId }, now)
}

/** What the charger is to answer: what we would. */
function entryOf(card: Candidate, now: Date): ListEntry {
  const { status, expiresAt, parentIdToken } = authorize(card, {
    now,
    isOurStart: false,
    acceptsUnknown: false,
    isShutOut: card.isShutOut,
  })
  return {
    status,
    ...(expiresAt ? { expiryDate: ocppTime(expiresAt) } : {}),
    ...(parentIdToken ? { parentIdTag: parentIdToken } : {}),
  }
}
