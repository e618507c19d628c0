/** What drivers are told of a connector: OCPI's words (2.2.1 §8.4.23), which UK law pins for public chargers. */
export const evseStatuses = [
  'AVAILABLE',
  'BLOCKED',
  'CHARGING',
  'INOPERATIVE',
  'OUTOFORDER',
  'RESERVED',
  'UNKNOWN',
] as const
export type EvseStatus = (typeof evseStatuses)[number]

/** `evseStatus`: from the connector's own word and whether its charger is connected. BLOCKED: plugged in, not charging. */
export function evseStatus(word: string | null, isConnected: boolean): EvseStatus {
  if (!isConnected) return 'UNKNOWN'
  switch (word) {
    case 'Available':
      return 'AVAILABLE'
    case 'Preparing':
    case 'Finishing':
      return 'BLOCKED'
    case 'Charging':
    case 'SuspendedEV':
    case 'SuspendedEVSE':
      return 'CHARGING'
    case 'Reserved':
      return 'RESERVED'
    case 'Unavailable':
      return 'INOPERATIVE'
    case 'Faulted':
      return 'OUTOFORDER'
    default:
      return 'UNKNOWN'
  }
}

/** OCPI's names for the plugs people write down in their own words; null where nothing is known. */
export function ocpiStandard(text: string | null): string | null {
  if (!text) return null
  const plain = text.toUpperCase().replace(/[^A-Z0-9]/g, '')
  if (/CCS1|COMBO1/.test(plain)) return 'IEC_62196_T1_COMBO'
  if (/CCS|COMBO/.test(plain)) return 'IEC_62196_T2_COMBO'
  if (/CHADEMO/.test(plain)) return 'CHADEMO'
  if (/TYPE1|J1772/.test(plain)) return 'IEC_62196_T1'
  if (/TYPE2|MENNEKES|^T2/.test(plain)) return 'IEC_62196_T2'
  if (/NACS|TESLA/.test(plain)) return 'TESLA_S'
  if (/3PIN|BS1363|DOMESTICG/.test(plain)) return 'DOMESTIC_G'
  if (/SCHUKO/.test(plain)) return 'DOMESTIC_F'
  return null
}

export type Blocker = {
  code:
    | 'driver-suspended'
    | 'charger-offline'
    | 'charger-faulted'
    | 'charger-unavailable'
    | 'reserved'
    | 'in-use'
    | 'too-many-charges'
    | 'no-tariff'
    | 'payment-due'
    | 'payment-needed'
    | 'insufficient-funds'
    | 'budget-spent'
  sentence: string
}

export type StartFacts = {
  status: EvseStatus
  word: string | null
  isTakenByStart: boolean
  runningCharges: number
  /** Why no budget covers it; null where none stands in the way. */
  budgetProblem: string | null
  billing: {
    isOn: boolean
    hasTariff: boolean
    availableMinor: number
    holdMinor: number
    /** What earlier charges cost and could not be taken. */
    dueMinor: number
    /** Pays by a card: the wallet need not have it. */
    hasCard: boolean
  }
}

export const chargesAtOnce = 3

/** `startBlockers`: why a charge cannot be started here now, each with what helps; none: it can. */
export function startBlockers(facts: StartFacts): Blocker[] {
  const blockers: Blocker[] = []
  const add = (code: Blocker['code'], sentence: string) => blockers.push({ code, sentence })
  if (facts.status === 'UNKNOWN')
    add('charger-offline', 'This charger is not connected at the moment. Try another one.')
  if (facts.status === 'OUTOFORDER')
    add(
      'charger-faulted',
      'This charger reports a fault. Try another one, and tell us if it stays.',
    )
  if (facts.status === 'INOPERATIVE')
    add('charger-unavailable', 'This charger is switched off at the moment. Try another one.')
  if (facts.status === 'RESERVED') add('reserved', 'This charger is reserved. Try another one.')
  if (facts.status === 'CHARGING' || facts.isTakenByStart || facts.word === 'Finishing')
    add(
      'in-use',
      'This charger is in use. If it is your car, unplug it first, then plug it in again.',
    )
  if (facts.runningCharges >= chargesAtOnce)
    add('too-many-charges', `You have ${facts.runningCharges} charges under way. End one first.`)
  if (facts.budgetProblem) add('budget-spent', facts.budgetProblem)
  const { billing } = facts
  if (billing.isOn && !billing.hasTariff)
    add('no-tariff', 'No price is set for this charger yet, so it cannot be paid for in the app.')
  else if (billing.isOn && billing.dueMinor > 0)
    add('payment-due', 'An earlier charge is not paid yet. Top up your wallet, or pay it by card.')
  else if (billing.isOn && billing.availableMinor < billing.holdMinor && !billing.hasCard)
    add(
      billing.availableMinor > 0 ? 'insufficient-funds' : 'payment-needed',
      'There is not enough in your wallet for this charge. Top up or add a card.',
    )
  return blockers
}
