/**
 * What a charger reports is a code; what a person needs is a sentence, a severity and a next step (W5, W7). The one
 * dictionary: `OCPP 1.6 ed2 §7.6` and the ChargeX Minimum Required Error Codes. What is not in it is shown as it came.
 */
export type FaultFamily =
  | 'Communication'
  | 'Plug or lock'
  | 'Overheating'
  | 'Power'
  | 'Electrical safety'
  | 'Card reader'
  | 'Vehicle'
  | 'Charger hardware'
  | 'Emergency stop'

/** urgent: danger or out of service at once · fault: out of service until it clears · notice: charging goes on. */
export type FaultSeverity = 'urgent' | 'fault' | 'notice'

export type Fault = {
  code: string
  /** Null where only the vendor could say. */
  family: FaultFamily | null
  severity: FaultSeverity
  sentence: string
  steps: readonly string[]
}

export type FaultSeen = Fault & {
  /** Always kept and shown small. */
  vendorErrorCode: string | null
  /** Whether the words are ours, or the code as it came. */
  isKnown: boolean
}

const fault = (
  code: string,
  family: FaultFamily | null,
  severity: FaultSeverity,
  sentence: string,
  ...steps: string[]
): Fault => ({
  code,
  family,
  severity,
  sentence,
  steps,
})

const outOfUse = 'Take the charger out of use.'
const electrician = 'Send an electrician; do not reset it again and again.'

/** `OCPP 1.6 ed2 §7.6 ChargePointErrorCode` without NoError, which closes what it opened. */
export const ocppFaults: readonly Fault[] = [
  fault(
    'ConnectorLockFailure',
    'Plug or lock',
    'fault',
    'The connector could not be locked or unlocked.',
    'Ask the driver to push the plug in fully and take strain off the cable.',
    'Unlock the connector.',
    'Restart the charger (soft).',
  ),
  fault(
    'EVCommunicationError',
    'Vehicle',
    'notice',
    'Car and charger do not understand each other.',
    'Unplug, wait 10 s, plug in again.',
    'Try another connector or another car: it tells which side it is.',
  ),
  fault(
    'GroundFailure',
    'Electrical safety',
    'urgent',
    'Earth fault, or the residual-current device tripped.',
    outOfUse,
    electrician,
  ),
  fault(
    'HighTemperature',
    'Overheating',
    'urgent',
    'It is too hot inside the charger.',
    'Check ventilation and sun; it may have lowered its power by itself.',
    'If it repeats, lower the limit and send someone.',
  ),
  fault(
    'InternalError',
    'Charger hardware',
    'fault',
    'Internal hardware or software error.',
    'Restart the charger (soft), then (hard).',
    'Fetch diagnostics before the second restart.',
  ),
  fault(
    'LocalListConflict',
    'Communication',
    'notice',
    "The charger's own card list disagrees with ours.",
    'Send the card list again.',
  ),
  fault(
    'OtherError',
    null,
    'fault',
    'The charger reports an error that only its maker names.',
    "See the maker's code.",
    'Fetch diagnostics.',
  ),
  fault(
    'OverCurrentFailure',
    'Electrical safety',
    'urgent',
    'The over-current protection tripped.',
    'Take it out of use if it repeats.',
    electrician,
  ),
  fault(
    'OverVoltage',
    'Power',
    'fault',
    'The supply voltage is too high.',
    "Check whether neighbours on the same site report it too: then it is the site's supply.",
  ),
  fault(
    'UnderVoltage',
    'Power',
    'fault',
    'The supply voltage is too low.',
    "Check whether neighbours on the same site report it too: then it is the site's supply.",
  ),
  fault(
    'PowerMeterFailure',
    'Charger hardware',
    'fault',
    'The meter cannot be read.',
    'Sessions need review while it lasts; do not bill from it.',
    'Restart the charger (soft).',
  ),
  fault(
    'PowerSwitchFailure',
    'Charger hardware',
    'urgent',
    'The power switch (contactor) does not obey.',
    outOfUse,
    electrician,
  ),
  fault(
    'ReaderFailure',
    'Card reader',
    'fault',
    'Cards cannot be read; starts from the app still work.',
    'Restart the charger (soft).',
    "Say so on the charger's page.",
  ),
  fault(
    'ResetFailure',
    'Charger hardware',
    'fault',
    'The charger could not restart itself.',
    'Restart it (hard).',
    'Then someone has to go there.',
  ),
  fault(
    'WeakSignal',
    'Communication',
    'notice',
    'The mobile signal is weak.',
    'Watch the connection.',
    'Check the antenna.',
  ),
]

export const chargexVendorId = 'https://chargex.inl.gov'

/** Seen as `vendorErrorCode`; the six numbers that are missing exist too and were not read, so they are not named here. */
export const chargexFaults: readonly Fault[] = [
  fault(
    'CX001',
    'Plug or lock',
    'fault',
    'The connector could not be locked or unlocked.',
    'Ask the driver to push the plug in fully.',
    'Unlock the connector.',
  ),
  fault(
    'CX002',
    'Electrical safety',
    'urgent',
    'Earth fault, or the residual-current device tripped.',
    outOfUse,
    electrician,
  ),
  fault(
    'CX003',
    'Overheating',
    'urgent',
    'It is too hot inside the charger.',
    'Check ventilation and sun.',
    'If it repeats, send someone.',
  ),
  fault(
    'CX004',
    'Electrical safety',
    'urgent',
    'The over-current protection tripped.',
    'Take it out of use if it repeats.',
    electrician,
  ),
  fault(
    'CX005',
    'Power',
    'fault',
    'The supply voltage is too high.',
    'Check whether neighbours on the same site report it too.',
  ),
  fault(
    'CX006',
    'Power',
    'fault',
    'The supply voltage is too low.',
    'Check whether neighbours on the same site report it too.',
  ),
  fault(
    'CX008',
    'Emergency stop',
    'urgent',
    'The emergency stop was pressed.',
    'Find out why, on site.',
    'Release the button when it is safe.',
  ),
  fault(
    'CX010',
    'Vehicle',
    'notice',
    'The vehicle is not ready to charge, for instance not in park.',
    'Ask the driver to put the vehicle in park and plug in again.',
  ),
  fault(
    'CX011',
    'Electrical safety',
    'urgent',
    'The cable check (isolation test) failed.',
    'Try another connector.',
    outOfUse,
  ),
  fault(
    'CX014',
    'Vehicle',
    'notice',
    'The control signal between car and charger (pilot) is faulty.',
    'Unplug, wait 10 s, plug in again.',
    'Try another cable.',
  ),
  fault(
    'CX015',
    'Power',
    'fault',
    'The charger lost its power supply.',
    'Check the supply of the site.',
  ),
  fault(
    'CX017',
    'Charger hardware',
    'urgent',
    'The contactor of the charger does not obey.',
    outOfUse,
    electrician,
  ),
  fault(
    'CX018',
    'Overheating',
    'notice',
    'The cable is too hot; the power was lowered.',
    'Watch it; check the plug for damage.',
  ),
  fault(
    'CX019',
    'Overheating',
    'fault',
    'The cable was too hot; the charge was stopped.',
    'Check the plug for damage before it is used again.',
  ),
  fault(
    'CX020',
    'Plug or lock',
    'notice',
    'The plug is not fully in.',
    'Ask the driver to push the plug in fully.',
  ),
  fault(
    'CX022',
    'Electrical safety',
    'urgent',
    'The resistance on the output is wrong.',
    outOfUse,
    electrician,
  ),
  fault(
    'CX023',
    'Plug or lock',
    'fault',
    'The charger cannot tell whether a plug is in (proximity).',
    'Unplug and plug in again.',
    'Check the plug for damage.',
  ),
  fault(
    'CX024',
    'Electrical safety',
    'urgent',
    'The voltage on the connector is too high.',
    outOfUse,
    electrician,
  ),
  fault(
    'CX025',
    'Plug or lock',
    'fault',
    'The latch of the plug is broken.',
    'Send someone to repair the plug.',
  ),
  fault(
    'CX026',
    'Electrical safety',
    'urgent',
    'The cable was cut.',
    outOfUse,
    'Send someone at once: vandalism, and live parts may be open.',
  ),
]

/** What no code tells: the incident engine sees it. In the words of the FAQ where it has them. */
export type Situation =
  | 'offline'
  | 'site-power-lost'
  | 'no-energy'
  | 'starts-fail'
  | 'connector-stuck'
  | 'flapping'
  | 'meter-implausible'
  | 'clock-wrong'
  | 'firmware-failed'
  | 'firmware-stuck'
  | 'never-connected'
  | 'identity-changed'
  | 'faulted'

const restartIt = 'Check its lights or screen, and restart it.'

export const situations: Readonly<Record<Situation, Fault>> = {
  offline: fault(
    'offline',
    'Communication',
    'fault',
    'The charger is not connected to the system any more: no internet, no power, or a network or router problem.',
    restartIt,
    'Check the SIM card, Wi-Fi or router at the site.',
    'A charge under way may go on; its readings arrive when the charger is back.',
  ),
  'site-power-lost': fault(
    'site-power-lost',
    'Power',
    'urgent',
    'Several chargers of this site went silent at the same moment: the power or the internet of the site is down.',
    'Ask someone at the site whether there is power.',
    'Check the router they share and the main fuse.',
    'Nothing has to be done at each charger: they come back by themselves.',
  ),
  'no-energy': fault(
    'no-energy',
    'Charger hardware',
    'fault',
    'The charger says it is charging, but its meter has not moved.',
    'Ask the driver whether the vehicle shows that it charges.',
    'Stop the session and start it again.',
    'If it repeats with another vehicle, restart the charger (soft).',
  ),
  'starts-fail': fault(
    'starts-fail',
    'Charger hardware',
    'fault',
    'Most of the last starts here gave no energy, with different cards: it works for nobody.',
    'Try a start from here.',
    'Restart the charger (soft), then (hard).',
    'Look at its event log; send someone if it stays.',
  ),
  'connector-stuck': fault(
    'connector-stuck',
    'Plug or lock',
    'notice',
    'The plug has been in for more than an hour without a charge.',
    'Often a vehicle was left plugged in; an idle fee runs where there is one.',
    'If nobody is there, unlock the connector or restart the charger (soft).',
  ),
  flapping: fault(
    'flapping',
    'Communication',
    'fault',
    'The connection comes and goes.',
    'Check the mobile signal or Wi-Fi at the charger.',
    'Check the router; other chargers of the site show whether it is the site.',
    'Restart the charger (soft) if only this one does it.',
  ),
  'meter-implausible': fault(
    'meter-implausible',
    'Charger hardware',
    'fault',
    'More than one session of today needs review because the readings of the meter do not fit.',
    'Open the sessions and compare the readings before they are billed.',
    'Have the meter checked if it goes on.',
  ),
  'clock-wrong': fault(
    'clock-wrong',
    'Charger hardware',
    'notice',
    'The clock of the charger is wrong by more than five minutes.',
    'Restart the charger (soft): it takes the time from us when it starts.',
    'Until then the times of its sessions are those of our receipt.',
  ),
  'firmware-failed': fault(
    'firmware-failed',
    'Charger hardware',
    'fault',
    'The firmware update failed; the charger runs what it ran before.',
    'Check that the image fits vendor and model.',
    'Try once more; fetch diagnostics if it fails again.',
  ),
  'firmware-stuck': fault(
    'firmware-stuck',
    'Charger hardware',
    'fault',
    'The firmware update has not moved for an hour.',
    'Restart the charger (soft) and look which version it reports.',
    'Try the update once more.',
  ),
  'never-connected': fault(
    'never-connected',
    'Communication',
    'notice',
    'Registered for more than a day, but it has never connected.',
    'Check that the charger has power and a network.',
    'Compare the OCPP address and the identity it was given, letter by letter.',
    'Give it a new password and type it in again.',
    'Look under Connection doctor for what was refused.',
  ),
  'identity-changed': fault(
    'identity-changed',
    'Charger hardware',
    'notice',
    'The charger now reports another serial number or model: its board or the whole charger was exchanged.',
    'If that was planned, correct the serial number here and resolve this alert.',
    'If not, find out who uses its password and give it a new one.',
  ),
  faulted: fault(
    'Faulted',
    'Charger hardware',
    'fault',
    'The charger reports a fault without saying which.',
    'Look at its screen and event log.',
    'Restart the charger (soft).',
    'Fetch diagnostics.',
  ),
}

/** The ChargeX names as they arrive without their number, in any case and spacing; whole words only, never a part. */
const namesOfCodes: Readonly<Record<string, string>> = {
  emergencystop: 'CX008',
  emergencystoppressed: 'CX008',
  invalidvehiclemode: 'CX010',
  cablecheckfault: 'CX011',
  pilotfault: 'CX014',
  powerloss: 'CX015',
  evsecontactorfault: 'CX017',
  cableovertempderate: 'CX018',
  cableovertempstop: 'CX019',
  partialinsertion: 'CX020',
  resistancefault: 'CX022',
  proximityfault: 'CX023',
  connectorvoltagehigh: 'CX024',
  brokenlatch: 'CX025',
  cutcable: 'CX026',
  cablecut: 'CX026',
  connectorlockfailure: 'ConnectorLockFailure',
  groundfailure: 'GroundFailure',
  hightemperature: 'HighTemperature',
  overcurrentfailure: 'OverCurrentFailure',
  overvoltage: 'OverVoltage',
  undervoltage: 'UnderVoltage',
}

const byCode: ReadonlyMap<string, Fault> = new Map(
  [...ocppFaults, ...chargexFaults].map((entry) => [plain(entry.code), entry]),
)

/**
 * `faultOf`: the words for what was reported; null where nothing is wrong (NoError without a vendor's code). The
 * vendor's code is more particular than OCPP's, so it wins where it is known; `info` is read where both say nothing.
 */
export function faultOf(report: {
  errorCode: string | null | undefined
  vendorErrorCode?: string | null
  info?: string | null
}): FaultSeen | null {
  const vendorErrorCode = report.vendorErrorCode?.trim() || null
  const errorCode = report.errorCode?.trim() || 'NoError'
  const fromOcpp = lookUp(errorCode)
  const isVague = !fromOcpp || fromOcpp.code === 'OtherError'
  const found = lookUp(vendorErrorCode) ?? (isVague ? lookUp(report.info) : null) ?? fromOcpp
  if (found) return { ...found, vendorErrorCode, isKnown: true }
  // Vendors number their "all is well" too: without an error beside it an unknown code is no fault.
  if (errorCode === 'NoError') return null
  return {
    code: errorCode,
    family: null,
    severity: 'fault',
    sentence: `The charger reports "${errorCode}".`,
    steps: ["Look the code up in the maker's manual.", 'Fetch diagnostics.'],
    vendorErrorCode,
    isKnown: false,
  }
}

function lookUp(text: string | null | undefined): Fault | null {
  if (!text || text.length > 100) return null
  const key = plain(text)
  const named = Object.hasOwn(namesOfCodes, key) ? plain(namesOfCodes[key]!) : key
  return byCode.get(named) ?? null
}

function plain(text: string): string {
  return text.toLowerCase().replace(/[\s_-]+/g, '')
}
