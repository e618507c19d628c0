import {
  announceAll,
  notifyEvents,
  rollUpChargers,
  type Announcement,
} from '@/db/queries/chargerState'
import type { Recorder, Tx } from '@/db/writer'

/**
 * What follows from several kinds of facts and happens once per flush, after all of them: the roll-up of chargers, the
 * lines of the outbox, and waking its readers.
 */
export const rollUp = (tx: Tx, chargerId: number) => tx.also('rollUp', chargerId)
export const announce = (tx: Tx, announcement: Announcement) => tx.also('announce', announcement)
/** For recorders that write their own outbox rows. */
export const wakeReaders = (tx: Tx) => tx.also('wake', null)

export const recordRollUp: Recorder<number, null> = async (tx, chargerIds, now) => {
  wakeReaders(tx)
  await rollUpChargers(tx, [...new Set(chargerIds)], now)
  return []
}

export const recordAnnouncements: Recorder<Announcement, null> = async (tx, announcements) => {
  wakeReaders(tx)
  await announceAll(tx, announcements)
  return []
}

export const recordWake: Recorder<null, null> = async (tx) => {
  await notifyEvents(tx)
  return []
}
