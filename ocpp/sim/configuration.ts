/** The configuration keys of a simulated charger (`OCPP 1.6 ed2 §9`, Core profile): what they may be set to. */
import type { ChargerModel } from './physics'

type Kind = 'whole' | 'boolean' | 'list' | 'text' | 'secret'

type Key = { kind: Kind; value: string; isReadonly?: boolean; needsReboot?: boolean }

export type Configuration = {
  text(key: string): string
  number(key: string): number
  isOn(key: string): boolean
  list(key: string): string[]
  get(keys: string[] | undefined): object
  change(key: string, value: string): 'Accepted' | 'Rejected' | 'RebootRequired' | 'NotSupported'
}

const measurands = [
  'Energy.Active.Import.Register',
  'Power.Active.Import',
  'Current.Import',
  'Voltage',
  'SoC',
]

/** `OCPP 1.6 ed2 §9.2–9.4` */
const keysOfProfiles: Record<string, Key> = {
  LocalAuthListEnabled: { kind: 'boolean', value: 'true' },
  LocalAuthListMaxLength: { kind: 'whole', value: '500', isReadonly: true },
  SendLocalListMaxLength: { kind: 'whole', value: '20', isReadonly: true },
  ReserveConnectorZeroSupported: { kind: 'boolean', value: 'true', isReadonly: true },
  ChargeProfileMaxStackLevel: { kind: 'whole', value: '8', isReadonly: true },
  ChargingScheduleAllowedChargingRateUnit: {
    kind: 'list',
    value: 'Current,Power',
    isReadonly: true,
  },
  ChargingScheduleMaxPeriods: { kind: 'whole', value: '24', isReadonly: true },
  MaxChargingProfilesInstalled: { kind: 'whole', value: '20', isReadonly: true },
}

const keysOf = (model: ChargerModel, isCoreOnly: boolean): Record<string, Key> => ({
  AllowOfflineTxForUnknownId: { kind: 'boolean', value: 'true' },
  AuthorizationCacheEnabled: { kind: 'boolean', value: 'true' },
  AuthorizationKey: { kind: 'secret', value: '' },
  AuthorizeRemoteTxRequests: { kind: 'boolean', value: 'false' },
  ClockAlignedDataInterval: { kind: 'whole', value: '0' },
  ConnectionTimeOut: { kind: 'whole', value: '120' },
  ConnectorPhaseRotation: { kind: 'list', value: '0.RST' },
  GetConfigurationMaxKeys: { kind: 'whole', value: '50', isReadonly: true },
  HeartbeatInterval: { kind: 'whole', value: '300' },
  LocalAuthorizeOffline: { kind: 'boolean', value: 'true' },
  LocalPreAuthorize: { kind: 'boolean', value: 'false' },
  MeterValuesAlignedData: { kind: 'list', value: '' },
  MeterValuesSampledData: {
    kind: 'list',
    value: measurands.filter((one) => one !== 'SoC' || model.current === 'DC').join(','),
  },
  MeterValueSampleInterval: { kind: 'whole', value: '60' },
  NumberOfConnectors: { kind: 'whole', value: String(model.connectors), isReadonly: true },
  ResetRetries: { kind: 'whole', value: '0' },
  StopTransactionOnEVSideDisconnect: { kind: 'boolean', value: 'true' },
  StopTransactionOnInvalidId: { kind: 'boolean', value: 'true' },
  StopTxnAlignedData: { kind: 'list', value: '' },
  StopTxnSampledData: { kind: 'list', value: '' },
  SupportedFeatureProfiles: {
    kind: 'list',
    value: isCoreOnly
      ? 'Core,FirmwareManagement,RemoteTrigger'
      : 'Core,FirmwareManagement,RemoteTrigger,LocalAuthListManagement,Reservation,SmartCharging',
    isReadonly: true,
  },
  TransactionMessageAttempts: { kind: 'whole', value: '3' },
  TransactionMessageRetryInterval: { kind: 'whole', value: '60' },
  UnlockConnectorOnEVSideDisconnect: { kind: 'boolean', value: 'true' },
  WebSocketPingInterval: { kind: 'whole', value: '0', needsReboot: true },
  ...(isCoreOnly ? {} : keysOfProfiles),
})

/** The keys of a factory-new charger of this model; they survive its reboots. */
export function newConfiguration(model: ChargerModel, isCoreOnly = false): Configuration {
  const keys = structuredClone(keysOf(model, isCoreOnly))
  const text = (key: string) => keys[key]?.value ?? ''
  return {
    text,
    number: (key) => Number(text(key)),
    isOn: (key) => text(key) === 'true',
    list: (key) => text(key).split(',').filter(Boolean),
    get: (wanted) => {
      const asked = wanted?.length ? wanted : Object.keys(keys)
      const known = asked.filter((key) => keys[key] && keys[key].kind !== 'secret')
      return {
        configurationKey: known.map((key) => ({
          key,
          readonly: keys[key]!.isReadonly ?? false,
          value: keys[key]!.value,
        })),
        unknownKey: asked.filter((key) => !keys[key]),
      }
    },
    change: (key, value) => {
      const entry = keys[key]
      if (!entry) return 'NotSupported'
      if (entry.isReadonly || !isGood(key, entry.kind, value)) return 'Rejected'
      entry.value = entry.kind === 'boolean' ? value.toLowerCase() : value
      return entry.needsReboot ? 'RebootRequired' : 'Accepted'
    },
  }
}

function isGood(key: string, kind: Kind, value: string): boolean {
  if (kind === 'whole') return /^\d{1,9}$/.test(value)
  if (kind === 'boolean') return /^(true|false)$/i.test(value)
  if (kind === 'secret') return value.length >= 16
  if (key === 'MeterValuesSampledData') {
    return value.split(',').every((one) => !one || measurands.includes(one.trim()))
  }
  return true
}
