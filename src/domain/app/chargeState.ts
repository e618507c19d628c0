/** How a charge stands for the driver, from the wish to the receipt. */
export const chargeStates = [
  'requested',
  'waiting_for_plug',
  'starting',
  'charging',
  'suspended_ev',
  'suspended_evse',
  'finishing',
  'ended',
  'priced',
  'paid',
  'needs_review',
  'failed',
] as const
export type ChargeState = (typeof chargeStates)[number]

export type ChargeFacts = {
  command: { status: string; isFinal: boolean } | null
  connectorWord: string | null
  session: { status: string; isStopped: boolean; isPriced: boolean } | null
  isStopAsked: boolean
  isPaid: boolean
  /** The charger was never asked: the payment failed. */
  hasFailed: boolean
}

/** `chargeState`: never throws; what the charger has not said yet is the earlier state. */
export function chargeState(facts: ChargeFacts): ChargeState {
  const { command, connectorWord, session } = facts
  if (!session) {
    if (facts.hasFailed) return 'failed'
    if (!command) return 'requested'
    if (['rejected', 'failed', 'timeout'].includes(command.status)) return 'failed'
    if (command.status === 'queued' || command.status === 'sent') return 'requested'
    if (command.status === 'accepted')
      return connectorWord === 'Available' ? 'waiting_for_plug' : 'starting'
    return 'starting'
  }
  if (session.isStopped) {
    if (session.status === 'needs-review') return 'needs_review'
    if (!session.isPriced) return 'ended'
    return facts.isPaid ? 'paid' : 'priced'
  }
  if (facts.isStopAsked || connectorWord === 'Finishing') return 'finishing'
  if (connectorWord === 'SuspendedEV') return 'suspended_ev'
  if (connectorWord === 'SuspendedEVSE') return 'suspended_evse'
  return 'charging'
}

/** After these nothing more happens by itself. */
export const lastStates: readonly ChargeState[] = ['priced', 'paid', 'needs_review', 'failed']

export type Limit = { energyWh: number | null; amountMinor: number | null; seconds: number | null }
export type Spent = { energyWh: number; costMinor: number | null; seconds: number }

/** `limitReached`: which limit of a running charge is reached; energy first, for it is what was asked for most. */
export function limitReached(limit: Limit, spent: Spent): 'energy' | 'amount' | 'time' | null {
  if (limit.energyWh !== null && spent.energyWh >= limit.energyWh) return 'energy'
  if (
    limit.amountMinor !== null &&
    spent.costMinor !== null &&
    spent.costMinor >= limit.amountMinor
  )
    return 'amount'
  if (limit.seconds !== null && spent.seconds >= limit.seconds) return 'time'
  return null
}
