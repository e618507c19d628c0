import { logFrames } from '@/db/queries/logFrame'
import type { FrameRow } from '@/db/tables'
import type { Recorder } from '@/db/writer'

/** The frame log: every frame in both directions, in the transaction of the fact it carried. */
export const recordFrames: Recorder<FrameRow, null> = async (tx, frames, now) => {
  await logFrames(tx, frames, now)
  return frames.map(() => null)
}
