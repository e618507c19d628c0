/** Row types and shared constants of the tables of schema `telemetry` (made by `src/migrations/*_telemetry.ts`). */

export type FrameRow = {
  at: Date
  /** `null` for a frame of a charger that is not registered. */
  chargerId: number | null
  connectionId: number
  /** 0 from the charger, 1 to it. */
  direction: 0 | 1
  /** OCPP-J message type; 0 for a frame nobody could read. */
  kind: 0 | 2 | 3 | 4
  action: string | null
  messageId: string | null
  /** The whole frame as it went over the wire, secrets masked. */
  payload: string
  /** The answer that leaves when this row is committed, where it was certain before; others have rows of their own. */
  answer: string | null
  /** What was wrong with it or what was repaired, in a few words. */
  error: string | null
}

/** `OCPP 1.6 ed2 §7.33 ReadingContext`; stored as its index here, so the unique index of the samples stays small. */
export const readingContexts = [
  'Other',
  'Sample.Periodic',
  'Transaction.Begin',
  'Transaction.End',
  'Sample.Clock',
  'Interruption.Begin',
  'Interruption.End',
  'Trigger',
] as const

export const contextCode = (context: string): number =>
  Math.max(0, (readingContexts as readonly string[]).indexOf(context))
