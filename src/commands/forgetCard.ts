import type { Sql } from '@/db/pool'
import { chargersThatKnow } from '@/db/queries/cardCaches'
import { requestCommand, type CommandRequest } from './request'

/** More than these are not asked at once: they learn of it from our answer to the next tap anyway. */
const chargersMost = 50

/** `forgetCard`: the chargers that may have a card in their cache are asked to clear it, when it is no longer good. */
export async function forgetCard(
  sql: Sql,
  card: { id: number; actor: CommandRequest['actor']; now: Date },
): Promise<void> {
  for (const charger of await chargersThatKnow(sql, [card.id], chargersMost))
    await requestCommand(sql, {
      asker: { kind: 'rule' },
      charger,
      action: 'ClearCache',
      payload: {},
      source: 'rule',
      actor: card.actor,
      now: card.now,
    })
}
