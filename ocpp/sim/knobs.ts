import type { FirmwareHabit } from './files'

/** What a charger does differently; the parts of the simulator read these where it matters. */
export type Knobs = {
  protocols: string[]
  path: (identity: string) => string
  username: (identity: string) => string
  /** How the secret is sent. */
  password: (secret: string) => Buffer
  messageIds: 'unique' | 'restart' | 'always1'
  print: ((frame: unknown[]) => string) | undefined
  /** The line is cut after so many wall-clock seconds, again and again. */
  flapSeconds: number | null
  boot: 'onPowerUp' | 'onEveryConnect' | 'never'
  /** Opens a second socket without closing the first, which lingers. */
  doublesSocket: boolean
  /** Begins anew when anything is asked of it before its boot was answered. */
  bootsAnewWhenAsked: boolean
  /** Understands `YYYY-MM-DDTHH:mm:ssZ` and no other time. */
  plainTimesOnly: boolean
  /** After each boot it asks for something nobody knows, and minds how it is refused. */
  asksUnknown: boolean
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
  /** StartTransaction is never said: the charge is its own affair. */
  swallowsStart: boolean
  /** Takes any card without asking, and goes on charging whatever the answer to the start. */
  isFreeVend: boolean
  /** Takes transaction numbers of 1 to 2³¹ − 1 only. */
  int32Only: boolean
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
  password: (secret) => Buffer.from(secret),
  messageIds: 'unique',
  print: undefined,
  flapSeconds: null,
  boot: 'onPowerUp',
  doublesSocket: false,
  bootsAnewWhenAsked: false,
  plainTimesOnly: false,
  asksUnknown: false,
  statusTimes: 1,
  ghostConnector: null,
  saysAvailableBeforeStop: false,
  repeatsStart: false,
  chargesOffline: false,
  valuesAfterStop: 0,
  resetsRegister: false,
  swallowsStart: false,
  isFreeVend: false,
  int32Only: false,
  swallowsStop: false,
  resetsWithoutAnswer: false,
  firmware: 'plain',
  isSecure: false,
  uploadFails: false,
  uploadsByForm: false,
}
