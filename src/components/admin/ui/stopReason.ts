import { stopVerdict } from '@/domain/stopVerdict'

/** Two or three words on why a charge ended, from the charger's reason alone: for a list. */
export function sayStopReason(session: {
  stopReason: string | null
  stoppedAt: string | null
  endedBy?: string | null
}): string {
  if (!session.stoppedAt) return '–'
  const reason = session.endedBy === 'superseded' ? 'superseded' : session.stopReason
  return stopVerdict({ reason, stoppedAt: new Date(session.stoppedAt) }).label
}
