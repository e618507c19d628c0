const second = 1_000
const minute = 60 * second
const hour = 60 * minute

/** The figures of FAULTS.md, in one place. The time until Offline is a setting and comes with each call. */
export const incidentRules = {
  /** A fault that says NoError must stay silent so long before its incident closes. */
  clearAfterMs: minute,
  /** What closed by itself and happens again within this time is the same incident. */
  reopenWithinMs: 30 * minute,
  /** A notice is an incident when it comes so often in so long. */
  noticeTimes: 3,
  noticeWindowMs: hour,
  /** More changes than this in the window is flapping; so long without one and it is over. */
  flapChanges: 6,
  flapWindowMs: 30 * minute,
  /** Two chargers of a site that go dark within this time of each other: it is the site. */
  siteWindowMs: 2 * minute,
  /** A reported power loss waits so long for a neighbour's. */
  powerLossHoldMs: 15 * second,
  /** When the power of a site is back its other chargers may take so long to connect. */
  siteGraceMs: 2 * minute,
  /** After a restart of our own server its chargers may take so long to come back. */
  serverGraceMs: 5 * minute,
  /** The longest a restart we ordered takes; after its boot, until all is quiet. */
  resetMs: 10 * minute,
  afterBootMs: 2 * minute,
  /** A firmware update that says nothing for so long is stuck; offline until then is no incident. */
  firmwareMs: hour,
  stuckMs: hour,
  /** A charger that is back tells its states first, whatever its clock of plugs says. */
  settleMs: 2 * minute,
  standstillMs: 15 * minute,
  neverConnectedMs: 24 * hour,
  startsLooked: 5,
  startsFailed: 3,
  startsCards: 2,
  noEnergyWh: 50,
  someEnergyWh: 500,
  reviewWindowMs: 24 * hour,
  reviews: 2,
  skewOpensMs: 5 * minute,
  skewClosesMs: minute,
  skewReadings: 2,
  /** What waited in the charger while it was offline comes right after it connects, late but not skewed. */
  queueMs: minute,
} as const
