import { commandKinds, isCommandKind } from '@/domain/command'

/** What a command is called on screen: the FAQ's words where it has them. */
export function nameOfCommand(action: string, payload: Record<string, unknown>): string {
  switch (action) {
    case 'RemoteStartTransaction':
      return 'Start'
    case 'RemoteStopTransaction':
      return 'Stop'
    case 'Reset':
      return payload.type === 'Hard' ? 'Hard Reset' : 'Soft Reset'
    case 'UnlockConnector':
      return 'Unlock cable'
    case 'ChangeAvailability':
      return payload.type === 'Inoperative' ? 'Lock' : 'Unlock (back in use)'
    default:
      return isCommandKind(action) ? commandKinds[action].label : action
  }
}

export function readPayload(
  payload: string | Record<string, unknown> | null,
): Record<string, unknown> {
  if (payload === null) return {}
  if (typeof payload !== 'string') return payload
  try {
    const value: unknown = JSON.parse(payload)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
  } catch {
    return {}
  }
}

/** The last step of a command that came true, as a word of its own. */
export function effectWord(action: string): string {
  switch (action) {
    case 'RemoteStartTransaction':
      return 'Charging started'
    case 'RemoteStopTransaction':
      return 'Charging ended'
    case 'Reset':
      return 'Restarted'
    case 'UnlockConnector':
      return 'Cable unlocked'
    default:
      return 'Done'
  }
}
