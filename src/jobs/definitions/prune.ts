import { pruneTicks } from '../../db/queries/claimTick'
import { pruneHandshakes } from '../../db/queries/knocks'
import {
  dropFramePartition,
  ensurePartitions,
  framePartitionsBefore,
  pruneDefaultFrames,
} from '../../db/queries/prune'
import { forgetSharedReports } from '../../db/queries/sharedReports'
import { pruneSignIns } from '../../db/queries/pruneSignIns'
import { pruneChargerLog, pruneEvents } from '../../db/queries/readEvents'
import { withTransaction } from '../../db/tx'
import type { JobDefinition } from '../job'

const dayMs = 86_400_000
const hourMs = 3_600_000

/** How long the frame log is kept. Samples and sessions stay: statements are made from them. */
export const frameRetentionDays = 90
const eventRetentionDays = 7
const handshakeRetentionDays = 14
/** After its last link has ended. */
const sharedReportRetentionDays = 30

/** Whole months of the frame log go at once; the rows of a month are never deleted one by one. */
export const pruneFrames: JobDefinition = {
  name: 'pruneFrames',
  expression: '0 20 3 * * *',
  catchUpAfterMs: dayMs,
  async run({ pool, now, log }) {
    const before = new Date(now().getTime() - frameRetentionDays * dayMs)
    for (const name of await framePartitionsBefore(pool, before)) {
      await withTransaction(pool, (sql) => dropFramePartition(sql, name))
      log.info({ partition: name }, 'a month of the frame log was dropped')
    }
    await pruneDefaultFrames(pool, before)
    await pruneChargerLog(pool, before)
    await pruneHandshakes(pool, new Date(now().getTime() - handshakeRetentionDays * dayMs))
    await forgetSharedReports(pool, new Date(now().getTime() - sharedReportRetentionDays * dayMs))
  },
}

/** The outbox wakes people up; what it woke them for has been read long ago. */
export const pruneEventsJob: JobDefinition = {
  name: 'pruneEvents',
  expression: '0 7 * * * *',
  catchUpAfterMs: hourMs,
  async run({ pool, now }) {
    const before = new Date(now().getTime() - eventRetentionDays * dayMs)
    while ((await pruneEvents(pool, before)) > 0);
    await pruneTicks(pool, new Date(now().getTime() - hourMs))
  },
}

/** Counts of tries mean something for an hour at most; a login lasts twelve. */
export const pruneSignInsJob: JobDefinition = {
  name: 'pruneSignIns',
  expression: '0 37 * * * *',
  catchUpAfterMs: hourMs,
  async run({ pool, now }) {
    const before = (ms: number) => new Date(now().getTime() - ms)
    await pruneSignIns(pool, { tries: before(2 * hourMs), logins: before(2 * dayMs) })
  },
}

/** The ocpp role makes these too; whoever comes first. */
export const makePartitions: JobDefinition = {
  name: 'makePartitions',
  expression: '0 3 * * * *',
  catchUpAfterMs: hourMs,
  run: ({ pool, now }) => ensurePartitions(pool, now()),
}
