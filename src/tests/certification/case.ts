/** A certification case, and the steps that many of them take. */
import { ago, begin, boot, type ChargePoint, type Json } from './chargePoint'

export type Case = {
  id: string
  what: string
  /** Messages it exercises. */
  messages: readonly string[]
} & ({ run: (cp: ChargePoint) => Promise<void> } | { cannot: string })

export const accepted = { status: 'Accepted' }

export const rejected = { status: 'Rejected' }

/** The central system asks, the charger answers, and the command ends so. */
export const asking =
  (
    action: string,
    payload: Json | ((cp: ChargePoint) => Json),
    answer: Json,
    ends: { status: string; reason?: string | null },
  ) =>
  async (cp: ChargePoint) => {
    await boot(cp)
    const request = typeof payload === 'function' ? payload(cp) : payload
    const command = await cp.asked(action, request, answer)
    expect(await cp.ended(command)).toMatchObject(ends)
    expect(cp.received).toContainEqual({ action, payload: request })
  }

export const yes = { status: 'accepted' }

export const no = { status: 'rejected', reason: 'charger-rejected' }

/** A start that becomes effective with the charge. */
export async function remoteStart(cp: ChargePoint, more: Json = {}): Promise<void> {
  const command = await cp.asked(
    'RemoteStartTransaction',
    { connectorId: 1, idTag: cp.idTag, ...more },
    accepted,
  )
  await cp.ended(command, 'accepted')
  expect((await begin(cp, { timestamp: ago(0) })).card).toBe('Accepted')
  expect(await cp.ended(command)).toMatchObject({ status: 'effective' })
}

export const securityEvent = (type: string) => async (cp: ChargePoint) => {
  await boot(cp)
  expect(await cp.say('SecurityEventNotification', { type, timestamp: ago(0) })).toEqual({})
  const { rows } = await cp.side.pool.query(
    `select body->>'type' type from telemetry.events where charger_id = $1 and kind = 'charger.security'`,
    [cp.id],
  )
  expect(rows).toContainEqual({ type })
}

export const booting = ['BootNotification', 'StatusNotification', 'Heartbeat']
