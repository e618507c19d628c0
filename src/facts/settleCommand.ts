import type { ReadConfiguration } from '@/db/queries/chargerConfiguration'
import { settleCommands, type Settlement } from '@/db/queries/settleCommands'
import type { Recorder } from '@/db/writer'
import { wakeReaders } from './afterwards'

/** A step of a command, and what its answer told of the charger besides. */
export type Settled = Settlement & { configuration?: ReadConfiguration | null }

/** Moves wishes on; of two steps of one command in a flush the earlier final one stands, else the later. */
export const settleCommand: Recorder<Settled, null> = async (tx, settlements) => {
  const byCommand = new Map<number, Settlement>()
  for (const { configuration, ...settlement } of settlements) {
    if (configuration) tx.also('configuration', configuration)
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
