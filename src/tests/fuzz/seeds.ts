/** Well-formed calls of a charger, one or more per action: what the fuzzer starts from. */
export type Seed = [action: string, payload: Record<string, unknown>]

const time = '2026-01-31T12:00:00Z'
const sampled = {
  value: '1234',
  context: 'Sample.Periodic',
  format: 'Raw',
  measurand: 'Energy.Active.Import.Register',
  phase: 'L1',
  location: 'Outlet',
  unit: 'Wh',
}
const reading = {
  timestamp: time,
  sampledValue: [sampled, { value: '7200', measurand: 'Power.Active.Import', unit: 'W' }],
}

export const seeds: readonly Seed[] = [
  ['Authorize', { idTag: 'FUZZ01' }],
  [
    'BootNotification',
    {
      chargePointVendor: 'Fuzz',
      chargePointModel: 'One',
      chargePointSerialNumber: 'S1',
      chargeBoxSerialNumber: 'B1',
      firmwareVersion: '1',
      iccid: '',
      imsi: '',
      meterType: 'M',
      meterSerialNumber: 'MS',
    },
  ],
  ['DataTransfer', { vendorId: 'fuzz', messageId: 'm', data: 'd' }],
  ['DiagnosticsStatusNotification', { status: 'Idle' }],
  ['FirmwareStatusNotification', { status: 'Installed' }],
  ['Heartbeat', {}],
  ['MeterValues', { connectorId: 1, transactionId: 1, meterValue: [reading] }],
  ['MeterValues', { connectorId: 0, meterValue: [reading, reading] }],
  [
    'StartTransaction',
    { connectorId: 1, idTag: 'FUZZ01', meterStart: 100, reservationId: 3, timestamp: time },
  ],
  [
    'StatusNotification',
    {
      connectorId: 1,
      errorCode: 'NoError',
      info: 'i',
      status: 'Charging',
      timestamp: time,
      vendorId: 'v',
      vendorErrorCode: 'e',
    },
  ],
  [
    'StopTransaction',
    {
      idTag: 'FUZZ01',
      meterStop: 900,
      timestamp: time,
      transactionId: 1,
      reason: 'Local',
      transactionData: [reading],
    },
  ],
  ['LogStatusNotification', { status: 'Uploaded', requestId: 5 }],
  ['SecurityEventNotification', { type: 'FirmwareUpdated', timestamp: time, techInfo: 't' }],
  ['SignCertificate', { csr: 'x' }],
  ['SignedFirmwareStatusNotification', { status: 'Installed', requestId: 9 }],
  ['RemoteStartTransaction', { idTag: 'FUZZ01' }],
  ['NoSuchAction', { a: 1 }],
  ['__proto__', {}],
  ['constructor', {}],
]
