/**
 * What a connector and a charger are doing, in one word each, and how that word is shown. The nine words of a connector
 * are OCPP's own (`OCPP 1.6 ed2 §7.7`); a charger adds two that only we can know: Offline and NeverConnected.
 */
export const connectorStatuses = [
  'Available',
  'Preparing',
  'Charging',
  'SuspendedEV',
  'SuspendedEVSE',
  'Finishing',
  'Reserved',
  'Unavailable',
  'Faulted',
] as const

export type ConnectorStatus = (typeof connectorStatuses)[number]
export type ChargerStatus = ConnectorStatus | 'Offline' | 'NeverConnected'

/**
 * The order of the roll-up, strongest first; SQL is generated from it (the status of a charger is the first of these
 * that any of its voices says). NeverConnected and Offline come from the connection, never from a connector.
 */
export const rollUpOrder: readonly ChargerStatus[] = [
  'NeverConnected',
  'Offline',
  'Faulted',
  'Charging',
  'Preparing',
  'SuspendedEV',
  'SuspendedEVSE',
  'Finishing',
  'Reserved',
  'Available',
  'Unavailable',
]

/** Position in `rollUpOrder`: the smallest wins. */
export const statusRank: Readonly<Record<ChargerStatus, number>> = Object.fromEntries(
  rollUpOrder.map((status, rank) => [status, rank]),
) as Record<ChargerStatus, number>

const isKnown = new Set<string>(connectorStatuses)

export function isConnectorStatus(text: string | null | undefined): text is ConnectorStatus {
  return typeof text === 'string' && isKnown.has(text)
}

/**
 * `rollUp`: the one word for a charger. `connected` is null for a charger that was never seen. `ownStatus` is what it
 * said of connector 0: it speaks for the charger where it is Faulted (QUIRKS 23: "Faulted only on 0"), or where no
 * connector has spoken. Words we do not know are not counted. A connected charger that has said nothing is Unavailable:
 * nobody can charge there yet as far as we know.
 */
export function rollUp(
  connected: boolean | null,
  ownStatus: string | null,
  connectorStatusTexts: readonly (string | null)[],
): ChargerStatus {
  if (connected === null) return 'NeverConnected'
  if (!connected) return 'Offline'
  let strongest: ConnectorStatus | null = ownStatus === 'Faulted' ? 'Faulted' : null
  for (const text of connectorStatusTexts) {
    if (!isConnectorStatus(text)) continue
    if (strongest === null || statusRank[text] < statusRank[strongest]) strongest = text
  }
  if (strongest !== null) return strongest
  return isConnectorStatus(ownStatus) ? ownStatus : 'Unavailable'
}

export type Tone = 'green' | 'blue' | 'violet' | 'amber' | 'red' | 'grey'

export type StatusLook = {
  tone: Tone
  /** Name of an icon: colour alone never carries the meaning (W2). */
  icon: string
  label: string
  /** One sentence an operator understands, without OCPP's words. */
  sentence: string
}

/** Green is Available or Charging, red a fault, grey offline: the FAQ's promise (W2); blue is under way, amber out of use on purpose. */
export const statusLooks: Readonly<Record<ChargerStatus, StatusLook>> = {
  Available: {
    tone: 'green',
    icon: 'check',
    label: 'Available',
    sentence: 'Free and ready: a driver can plug in and start.',
  },
  Charging: {
    tone: 'green',
    icon: 'bolt',
    label: 'Charging',
    sentence: 'Energy is flowing into a vehicle.',
  },
  Preparing: {
    tone: 'blue',
    icon: 'plug',
    label: 'Preparing',
    sentence: 'A driver has plugged in or shown a card; charging has not begun yet.',
  },
  SuspendedEV: {
    tone: 'blue',
    icon: 'pause-vehicle',
    label: 'Paused by vehicle',
    sentence:
      'The vehicle takes no energy at the moment: often it is full, or waits for its own timer.',
  },
  SuspendedEVSE: {
    tone: 'blue',
    icon: 'pause',
    label: 'Paused by charger',
    sentence:
      'The charger gives no energy at the moment: often a power limit or a missing approval.',
  },
  Finishing: {
    tone: 'blue',
    icon: 'flag',
    label: 'Finishing',
    sentence: 'The charge has ended; the plug is still in.',
  },
  Reserved: {
    tone: 'violet',
    icon: 'bookmark',
    label: 'Reserved',
    sentence: 'Kept free for one driver until the reservation ends.',
  },
  Unavailable: {
    tone: 'amber',
    icon: 'lock',
    label: 'Unavailable',
    sentence: 'Taken out of use, by the operator or by the charger itself; nobody can start here.',
  },
  Faulted: {
    tone: 'red',
    icon: 'warning',
    label: 'Faulted',
    sentence:
      'The charger reports a fault and cannot charge until it clears; see its event log for what to try.',
  },
  Offline: {
    tone: 'grey',
    icon: 'cloud-off',
    label: 'Offline',
    sentence:
      'The charger is not connected to the system: no internet, no power, or a router problem. A charge under way may go on.',
  },
  NeverConnected: {
    tone: 'grey',
    icon: 'clock',
    label: 'Never connected',
    sentence: 'Registered here, but it has not connected yet: check its OCPP address and password.',
  },
}

const notToldYet: StatusLook = {
  tone: 'grey',
  icon: 'question',
  label: 'Not reported yet',
  sentence: 'The charger has not said what this connector is doing.',
}

/** `statusLook`: never throws; a word we do not know is shown as it came, in grey. */
export function statusLook(status: string | null | undefined): StatusLook {
  if (!status) return notToldYet
  if (Object.hasOwn(statusLooks, status)) return statusLooks[status as ChargerStatus]
  return {
    ...notToldYet,
    label: status,
    sentence: `The charger reports "${status}", which is not a status of OCPP 1.6.`,
  }
}
