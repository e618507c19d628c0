import { settleCommands, type Settlement } from '@/db/queries/settleCommands'
import type { Recorder } from '@/db/writer'
import { wakeReaders } from './afterwards'

/** Moves wishes on; of two steps of one command in a flush the earlier final one stands, else the later. */
export const settleCommand: Recorder<Settlement, null> = async (tx, settlements) => {
  const byCommand = new Map<number, Settlement>()
  for (const settlement of settlements) {
    const earlier = byCommand.get(settlement.commandId)
    const response = settlement.response ?? earlier?.response ?? null
    byCommand.set(settlement.commandId, {
      ...(earlier?.isFinal ? earlier : settlement),
      response,
    })
  }
  wakeReaders(tx)
  await settleCommands(tx, [...byCommand.values()])
  return settlements.map(() => null)
}
