/** The state of a connector and the OCPP 1.6 status that follows from it (`OCPP 1.6 ed2 §4.9`). */
import type { TransactionRecord } from './ledger'
import type { Vehicle } from './physics'

export type Status =
  | 'Available'
  | 'Preparing'
  | 'Charging'
  | 'SuspendedEV'
  | 'SuspendedEVSE'
  | 'Finishing'
  | 'Reserved'
  | 'Unavailable'
  | 'Faulted'

export type ConnectorState = {
  readonly id: number
  vehicle: Vehicle | null
  /** The car is still plugged in after its charge ended. */
  isFinished: boolean
  /** An accepted card that waits for the plug. */
  awaitedTag: string | null
  transaction: TransactionRecord | null
  error: { errorCode: string; info: string | null; vendorErrorCode: string | null } | null
  isOperative: boolean
  /** What ChangeAvailability asked for; differs from `isOperative` while a charge is under way. */
  wantsOperative: boolean
  /** Kept free for a card. */
  reservation: { id: number; idTag: string; parentIdTag: string | null } | null
  /** What charging profiles allow; null: as much as there is. */
  limitW: number | null
  registerWh: number
  powerW: number
  advancedAt: number
}

export function statusOf(state: ConnectorState): Status {
  if (state.error) return 'Faulted'
  if (state.transaction) {
    if (isFull(state.vehicle)) return 'SuspendedEV'
    return state.limitW === 0 ? 'SuspendedEVSE' : 'Charging'
  }
  if (!state.isOperative) return 'Unavailable'
  if (state.isFinished) return 'Finishing'
  if (state.awaitedTag) return 'Preparing'
  if (state.reservation) return 'Reserved'
  if (state.vehicle) return 'Preparing'
  return 'Available'
}

const isFull = (vehicle: Vehicle | null) =>
  vehicle === null || vehicle.socPercent >= vehicle.targetPercent
