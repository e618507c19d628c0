import type { FirmwareHabit } from './files'

/** What a charger does differently; the parts of the simulator read these where it matters. */
export type Knobs = {
  protocols: string[]
  path: (identity: string) => string
  username: (identity: string) => string
  messageIds: 'unique' | 'restart' | 'always1'
  print: ((frame: unknown[]) => string) | undefined
  /** The line is cut after so many wall-clock seconds, again and again. */
  flapSeconds: number | null
  boot: 'onPowerUp' | 'onEveryConnect' | 'never'
  /** Each status is said so many times. */
  statusTimes: number
  /** Statuses of connectors that nobody ordered. */
  ghostConnector: number | null
  saysAvailableBeforeStop: boolean
  /** StartTransaction is said again after its answer was thrown away. */
  repeatsStart: boolean
  /** Charges with the line down and delivers all of it afterwards. */
  chargesOffline: boolean
  /** Readings of an ended charge still delivered after its stop. */
  valuesAfterStop: number
  /** The meter counts from zero with each charge. */
  resetsRegister: boolean
  /** StopTransaction is never said. */
  swallowsStop: boolean
  /** Hard reset: stops, cuts the line and comes back without ever answering. */
  resetsWithoutAnswer: boolean
  /** What it does when it is told to update. */
  firmware: FirmwareHabit
  /** Has the security extension: takes signed images only, and GetLog in place of GetDiagnostics. */
  isSecure: boolean
  uploadFails: boolean
  /** POST with a form in place of PUT. */
  uploadsByForm: boolean
}

export const plainKnobs: Knobs = {
  protocols: ['ocpp1.6'],
  path: (identity) => encodeURIComponent(identity),
  username: (identity) => identity,
  messageIds: 'unique',
  print: undefined,
  flapSeconds: null,
  boot: 'onPowerUp',
  statusTimes: 1,
  ghostConnector: null,
  saysAvailableBeforeStop: false,
  repeatsStart: false,
  chargesOffline: false,
  valuesAfterStop: 0,
  resetsRegister: false,
  swallowsStop: false,
  resetsWithoutAnswer: false,
  firmware: 'plain',
  isSecure: false,
  uploadFails: false,
  uploadsByForm: false,
}
