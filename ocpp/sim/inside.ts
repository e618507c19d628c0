/** What the parts of one simulated charger share. */
import type { SimClock } from './clock'
import type { Configuration } from './configuration'
import type { Knobs } from './knobs'
import type { Ledger } from './ledger'
import type { LocalList } from './localList'
import type { ChargerModel } from './physics'
import type { Profiles } from './profiles'
import type { TransactionQueue } from './queue'
import type { Random } from './random'
import type { Answer } from './wire'

export type Inside = {
  identity: string
  model: ChargerModel
  clock: SimClock
  random: Random
  ledger: Ledger
  configuration: Configuration
  queue: TransactionQueue
  knobs: Knobs
  /** Accepted by the central system and the line is up. */
  isOnline: () => boolean
  /** Says something once; `lost` when the charger is not online. */
  say: (action: string, payload: object) => Promise<Answer>
  /** The device's clock in the charger's own spelling. */
  deviceTime: () => string
  /** The idTags this charger was once told to accept. */
  cardCache: Map<string, string>
  localList: LocalList
  profiles: Profiles
  /** The groups of cards, as far as it was told. */
  parents: Map<string, string>
  /** Has the Core profile alone. */
  isCoreOnly: boolean
  /** Told when a card was accepted and no car is there yet. */
  onAwaiting: (connectorId: number) => void
  /** Between the download and Installing, and again before it restarts. */
  installSeconds: number
  goOffline: () => void
  goOnline: () => void
  /** Aborts when the charger ends for good. */
  life: AbortSignal
}
