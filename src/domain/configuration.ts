/**
 * The configuration keys of a charger: what an answer to GetConfiguration holds, how it differs from a template, and
 * what the standard's own keys mean (`OCPP 1.6 ed2 §9`).
 */
export type ConfigurationEntry = { key: string; value: string | null; readonly: boolean }

export type ConfigurationAnswer = { entries: ConfigurationEntry[]; unknownKeys: string[] }

/** More than any charger has; an answer that is longer is cut. */
const entriesMost = 1_000

/** Never stored, never shown: that it is set is all there is to say. */
const secret = /^(authorizationkey|.*(password|secret|privatekey|passphrase|apikey|token).*)$/i

export function isSecretKey(key: string): boolean {
  return secret.test(key.replaceAll(/[-_. ]/g, ''))
}

/** `readConfigurationAnswer`: what can be read of an answer; null where it is none. A secret's value is dropped here. */
export function readConfigurationAnswer(response: unknown): ConfigurationAnswer | null {
  if (typeof response !== 'object' || response === null) return null
  const { configurationKey, unknownKey } = response as Record<string, unknown>
  if (configurationKey !== undefined && !Array.isArray(configurationKey)) return null
  const byKey = new Map<string, ConfigurationEntry>()
  for (const item of (configurationKey ?? []) as unknown[]) {
    if (byKey.size >= entriesMost) break
    if (typeof item !== 'object' || item === null) continue
    const { key, value, readonly } = item as Record<string, unknown>
    if (typeof key !== 'string' || key === '') continue
    byKey.set(key, {
      key,
      value: isSecretKey(key) || value === undefined || value === null ? null : String(value),
      readonly: readonly === true || readonly === 'true',
    })
  }
  const unknownKeys = (Array.isArray(unknownKey) ? unknownKey : []).filter(
    (key): key is string => typeof key === 'string',
  )
  return { entries: [...byKey.values()], unknownKeys }
}

export type ComparedEntry = ConfigurationEntry & {
  /** The template's value; null where it has none. */
  wanted: string | null
  /** `missing`: the template wants it and the charger did not name it. */
  verdict: 'same' | 'differs' | 'missing' | 'free'
}

/** `compareConfiguration`: what was read beside what the template wants, differences first, then by name. */
export function compareConfiguration(
  read: readonly ConfigurationEntry[],
  template: readonly { key: string; value: string }[],
): ComparedEntry[] {
  const wanted = new Map(template.map(({ key, value }) => [key.toLowerCase(), value]))
  const known = new Set(read.map(({ key }) => key.toLowerCase()))
  const rows = read.map((entry): ComparedEntry => {
    const want = wanted.get(entry.key.toLowerCase()) ?? null
    if (want === null) return { ...entry, wanted: null, verdict: 'free' }
    return { ...entry, wanted: want, verdict: isSame(entry.value, want) ? 'same' : 'differs' }
  })
  const missing = template
    .filter(({ key }) => !known.has(key.toLowerCase()))
    .map(({ key, value }): ComparedEntry => ({
      key,
      value: null,
      readonly: false,
      wanted: value,
      verdict: 'missing',
    }))
  const rank = { differs: 0, missing: 1, same: 2, free: 2 }
  return [...rows, ...missing].sort(
    (a, b) => rank[a.verdict] - rank[b.verdict] || a.key.localeCompare(b.key, 'en'),
  )
}

/** `true` and `TRUE`, `a, b` and `a,b`, `30` and `30.0` mean the same to every charger. */
function isSame(a: string | null, b: string): boolean {
  if (a === null) return false
  const plain = (text: string) =>
    text
      .trim()
      .toLowerCase()
      .replaceAll(/\s*,\s*/g, ',')
  if (plain(a) === plain(b)) return true
  return a.trim() !== '' && b.trim() !== '' && Number(a) === Number(b)
}

/** In a few words what a standard key does, with its unit. */
const meanings: Readonly<Record<string, string>> = {
  AllowOfflineTxForUnknownId: 'Let unknown cards charge while it is offline.',
  AuthorizationCacheEnabled: 'Remember cards that were accepted before.',
  AuthorizationKey: 'Its password towards this system; never shown.',
  AuthorizeRemoteTxRequests: 'Ask for the card again when a charge is started from here.',
  BlinkRepeat: 'How often its lights blink.',
  ChargeProfileMaxStackLevel: 'Most levels of charging profiles.',
  ChargingScheduleAllowedChargingRateUnit: 'Limits in ampere, watt or both.',
  ChargingScheduleMaxPeriods: 'Most periods in a charging schedule.',
  ClockAlignedDataInterval: 'Seconds between readings at full clock times; 0: none.',
  ConnectionTimeOut: 'Seconds to plug in after the start was accepted.',
  ConnectorPhaseRotation: 'How the phases are wired at each connector.',
  ConnectorSwitch3to1PhaseSupported: 'It can switch between three phases and one.',
  GetConfigurationMaxKeys: 'Most keys asked for at once.',
  HeartbeatInterval: 'Seconds between heartbeats.',
  LightIntensity: 'Brightness of its lights, per cent.',
  LocalAuthListEnabled: 'Use the list of cards that was sent to it.',
  LocalAuthListMaxLength: 'Most cards in its list.',
  LocalAuthorizeOffline: 'Let known cards charge while it is offline.',
  LocalPreAuthorize: 'Start known cards at once, ask afterwards.',
  MaxChargingProfilesInstalled: 'Most charging profiles at once.',
  MaxEnergyOnInvalidId: 'Wh given before a refused card is stopped.',
  MeterValueSampleInterval: 'Seconds between readings during a charge; 0: none.',
  MeterValuesAlignedData: 'What is measured at full clock times.',
  MeterValuesSampledData: 'What is measured during a charge.',
  MinimumStatusDuration: 'Seconds a state must last before it is reported.',
  NumberOfConnectors: 'How many connectors it has.',
  ReserveConnectorZeroSupported: 'It can be reserved as a whole.',
  ResetRetries: 'How often a restart is tried.',
  SecurityProfile: 'How the line is secured; 0 to 3.',
  SendLocalListMaxLength: 'Most cards sent at once.',
  StopTransactionOnEVSideDisconnect: 'End the charge when the car is unplugged.',
  StopTransactionOnInvalidId: 'End the charge when its card is refused.',
  StopTxnAlignedData: 'Readings at full clock times, sent with the end.',
  StopTxnSampledData: 'Readings during a charge, sent with the end.',
  SupportedFeatureProfiles: 'The parts of OCPP it speaks.',
  TransactionMessageAttempts: 'How often a message about a charge is tried.',
  TransactionMessageRetryInterval: 'Seconds between these tries.',
  UnlockConnectorOnEVSideDisconnect: 'Release the cable when the car is unplugged.',
  WebSocketPingInterval: 'Seconds between signs of life on the line; 0: none.',
}

export function meaningOf(key: string): string | null {
  return Object.hasOwn(meanings, key) ? (meanings[key] ?? null) : null
}
