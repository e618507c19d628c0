import { requestCommand } from '@/commands/request'
import { type ChargeRow } from '@/db/queries/app/charges'
import { findDriverCommand, linkCommand } from '@/db/queries/app/starts'
import { me, notFound, problem, type Context, type Problem } from './operation'
import { iso } from './views'

/** `ask`: a wish of this driver through the one door; a refusal in the words of this API. */
export async function ask(
  context: Context,
  charger: number,
  action: 'RemoteStartTransaction' | 'RemoteStopTransaction' | 'UnlockConnector',
  payload: Record<string, unknown>,
): Promise<{ kind: 'queued'; id: number } | Problem> {
  const driver = me(context)
  const asked = await requestCommand(context.sql, {
    asker: { kind: 'driver', driverId: driver.id },
    charger,
    action,
    payload,
    source: 'app',
    actor: {
      name: `driver ${driver.publicId}`,
      role: 'driver',
      ip: context.ip,
      requestId: context.requestId,
    },
    now: context.now,
  })
  if (asked.kind === 'queued') return asked
  if (asked.status === 404) return notFound('charger')
  if (asked.status === 429)
    return problem(
      'too-many-requests',
      'This charger has much to do at the moment. Wait a little.',
      {
        retryAfterSeconds: 30,
      },
    )
  return problem('charger-not-ready', 'This charger is not ready yet. Try again in a moment.')
}

export async function commandReply(
  context: Context,
  row: ChargeRow,
  commandId: number,
  what: 'stop' | 'unlock',
) {
  const driver = me(context)
  const publicId = await linkCommand(context.sql, {
    startId: row.startId,
    driverId: driver.id,
    commandId,
    what,
  })
  const found = await findDriverCommand(context.sql, driver.id, publicId)
  return { kind: 'ok' as const, status: 202, body: commandView(found!) }
}

/** A wish as its driver follows it. */
export function commandView(row: NonNullable<Awaited<ReturnType<typeof findDriverCommand>>>) {
  return {
    id: row.id,
    status: row.status,
    isFinal: row.isFinal,
    detail: row.outcome,
    sessionId: row.chargeId,
    at: iso(row.at),
  }
}
