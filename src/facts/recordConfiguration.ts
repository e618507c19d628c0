import { storeConfigurations, type ReadConfiguration } from '@/db/queries/chargerConfiguration'
import type { Recorder } from '@/db/writer'

/** Keeps the configuration that chargers have told, in the flush that settles the command; the last answer stands. */
export const recordConfiguration: Recorder<ReadConfiguration, null> = async (tx, reads) => {
  await storeConfigurations(tx, [...new Map(reads.map((read) => [read.chargerId, read])).values()])
  return reads.map(() => null)
}
