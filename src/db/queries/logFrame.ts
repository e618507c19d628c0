import { int2Array, int4Array, int8Array, textArray, timestampArray } from '../arrays'
import type { FrameRow } from '../tables'
import type { Tx } from '../writer'

/**
 * Appends frames of both directions to the log, one or two rows a message: the busiest statement there is. Arrays in
 * the select list stream; in the from clause each would be stored first (a tenth more).
 */
export async function logFrames(tx: Tx, rows: readonly FrameRow[], now: Date): Promise<void> {
  await tx.query(
    'frames',
    `insert into telemetry.frames
       (at, charger_id, connection_id, direction, kind, action, message_id, payload, error, answer, answered_at)
     select unnest($1::timestamptz[]), unnest($2::int4[]), unnest($3::int8[]), unnest($4::int2[]), unnest($5::int2[]),
            unnest($6::text[]), unnest($7::text[]), unnest($8::text[]), unnest($9::text[]),
            unnest($10::text[]), unnest($11::timestamptz[])`,
    [
      timestampArray(rows.map((row) => row.at.getTime())),
      int4Array(rows.map((row) => row.chargerId)),
      int8Array(rows.map((row) => row.connectionId)),
      int2Array(rows.map((row) => row.direction)),
      int2Array(rows.map((row) => row.kind)),
      textArray(rows.map((row) => row.action)),
      textArray(rows.map((row) => row.messageId)),
      textArray(rows.map((row) => row.payload)),
      textArray(rows.map((row) => row.error)),
      textArray(rows.map((row) => row.answer)),
      timestampArray(rows.map((row) => (row.answer === null ? null : now.getTime()))),
    ],
  )
}
