import { claimExpired, settleCommands, type ExpiredCommand } from '../../db/queries/expiredCommands'
import { withTransaction } from '../../db/tx'
import {
  advance,
  isCommandKind,
  type CommandChange,
  type CommandStatus,
} from '../../domain/command'
import type { JobDefinition } from '../job'

/**
 * Ends commands whose present step took too long: nobody to send it to, no answer, no effect. The process that holds
 * the charger's socket does the same while it lives; this is for when it does not, and for effects that never come.
 */
export const expireCommands: JobDefinition = {
  name: 'expireCommands',
  expression: '*/2 * * * * *',
  async run({ pool, now }) {
    const at = now()
    await withTransaction(pool, async (sql) => {
      const expired = await claimExpired(sql, {
        now: at,
        busySeconds: 90,
        graceSeconds: 2,
        limit: 200,
      })
      const changes = expired.map((command) => ({ ...endOf(command), id: command.id }))
      await settleCommands(sql, changes, at)
    })
  },
}

function endOf(command: ExpiredCommand): CommandChange {
  const { action, charger, connectorStatus } = command
  const unknown: CommandChange = {
    status: 'failed',
    isFinal: true,
    reason: 'expired',
    outcome: `${charger} was asked for something this version does not know; it was given up.`,
  }
  if (!isCommandKind(action)) return unknown
  const rules = {
    chargerId: command.chargerId,
    action,
    payload: readPayload(command.payload),
    status: command.status as CommandStatus,
    isFinal: false,
    sentAt: command.sentAt,
  }
  if (command.status === 'queued' && command.isConnected) {
    const outcome = `${charger} was busy with earlier commands, so this one was not sent and will not be sent later. Try again.`
    return advance(rules, { kind: 'refused', reason: 'busy', outcome }) ?? unknown
  }
  return advance(rules, { kind: 'deadline' }, { charger, connectorStatus }) ?? unknown
}

function readPayload(text: string | null): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text ?? '{}')
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
  } catch {
    return {}
  }
}
