/**
 * What real chargers do wrong, as switches: one per row of the table of field quirks (`row`), some rows with several
 * forms. A fault changes what is said or when, never what is true: the charger's own ledger keeps the truth.
 */
import { plainKnobs, type Knobs } from './knobs'
import {
  asRegister,
  eachTime,
  eachValue,
  eachValues,
  isEnergy,
  isTransaction,
  local,
  onAction,
  perPhase,
  percentEncoded,
  without,
  type Payload,
  type Situation,
} from './rewrites'

export type Fault = {
  /** Row of the table of quirks; 0 for field behaviour that has none. */
  row: number
  what: string
  knobs?: Partial<Knobs>
  rewrite?: (action: string, payload: Payload, situation: Situation) => Payload
}

export const faults = {
  noSubprotocol: { row: 1, what: 'asks for no subprotocol', knobs: { protocols: [] } },
  wrongSubprotocol: { row: 1, what: 'asks for ocpp1.5', knobs: { protocols: ['ocpp1.5'] } },
  manySubprotocols: {
    row: 3,
    what: 'offers 2.0.1 first and speaks 1.6',
    knobs: { protocols: ['ocpp2.0.1', 'ocpp1.6'] },
  },
  encodedIdentity: {
    row: 4,
    what: 'percent-encodes its identity',
    knobs: { path: percentEncoded },
  },
  lowerCaseUrl: {
    row: 5,
    what: 'lower-cases its identity',
    knobs: { path: (identity) => identity.toLowerCase() },
  },
  trailingSlash: {
    row: 6,
    what: 'ends the URL with a slash',
    knobs: { path: (identity) => `${identity}/` },
  },
  doubledIdentity: {
    row: 6,
    what: 'appends its identity twice',
    knobs: { path: (identity) => `${identity}/${identity}` },
  },
  decodedKey: {
    row: 7,
    what: 'sends the bytes that its hexadecimal key stands for',
    knobs: { password: (secret) => Buffer.from(secret, 'hex') },
  },
  otherCaseUser: {
    row: 8,
    what: 'signs in with its name in another case',
    knobs: { username: (identity) => identity.toLowerCase() },
  },
  doubledSocket: {
    row: 9,
    what: 'opens a second socket and lets the first linger',
    knobs: { doublesSocket: true },
  },
  flapping: { row: 10, what: 'loses the line every few seconds', knobs: { flapSeconds: 3 } },
  restartedIds: {
    row: 12,
    what: 'message ids begin at 1 with every connect',
    knobs: { messageIds: 'restart' },
  },
  reusedIds: { row: 12, what: 'every message has the id 1', knobs: { messageIds: 'always1' } },
  spacedFrames: {
    row: 13,
    what: 'prints frames over several lines',
    knobs: { print: (frame: unknown[]) => JSON.stringify(frame, null, 2) },
  },
  strictAboutErrors: {
    row: 14,
    what: 'minds that a refusal has a text and an object of details',
    knobs: { asksUnknown: true },
  },
  bootsAnewWhenAsked: {
    row: 15,
    what: 'boots anew when anything is asked before its boot was answered',
    knobs: { bootsAnewWhenAsked: true },
  },
  neverBoots: {
    row: 16,
    what: 'never boots again, once it was accepted',
    knobs: { boot: 'never' },
  },
  bootsOnEveryConnect: {
    row: 17,
    what: 'boots again with every connect',
    knobs: { boot: 'onEveryConnect' },
  },
  changingSerial: {
    row: 18,
    what: 'has another serial number at each boot',
    rewrite: onAction('BootNotification', (payload, { serial }) => ({
      ...payload,
      chargePointSerialNumber: `SN-${serial}`,
    })),
  },
  clock1970: {
    row: 19,
    what: 'lives in 1970',
    rewrite: (_action, payload) =>
      eachTime(payload, (text) => text.replace(/^\d{4}-\d\d-\d\d/, '1970-01-01')),
  },
  noTimestamps: {
    row: 19,
    what: 'leaves the optional timestamps away',
    rewrite: onAction('StatusNotification', (payload) => without(payload, 'timestamp')),
  },
  missingTimestamps: {
    row: 19,
    what: 'leaves every timestamp away',
    rewrite: (_action, payload) => eachTime(payload, () => undefined),
  },
  noZone: {
    row: 20,
    what: 'writes local time without a zone',
    rewrite: (_action, payload) => eachTime(payload, (text) => local(text).slice(0, 19)),
  },
  shortZone: {
    row: 20,
    what: 'writes +01 for the zone',
    rewrite: (_action, payload) => eachTime(payload, (text) => `${local(text).slice(0, 19)}+01`),
  },
  localAsZulu: {
    row: 20,
    what: 'labels local time as UTC',
    rewrite: (_action, payload) => eachTime(payload, local),
  },
  stopBeforeStart: {
    row: 21,
    what: 'stops a day before it started',
    rewrite: onAction('StopTransaction', (payload) =>
      eachTime(payload, (text) => new Date(Date.parse(text) - 86_400_000).toISOString()),
    ),
  },
  plainTimesOnly: {
    row: 22,
    what: 'rejects times with fractions or an offset',
    knobs: { plainTimesOnly: true },
  },
  faultOnZero: {
    row: 23,
    what: 'reports all states on connector 0',
    rewrite: onAction('StatusNotification', (payload) => ({ ...payload, connectorId: 0 })),
  },
  repeatedStatus: { row: 24, what: 'says each status three times', knobs: { statusTimes: 3 } },
  availableBeforeStop: {
    row: 25,
    what: 'says Available before it stops the transaction',
    knobs: { saysAvailableBeforeStop: true },
  },
  stuckFinishing: {
    row: 26,
    what: 'never says Available again, and gives Finishing an error',
    rewrite: onAction('StatusNotification', (payload) =>
      payload.status === 'Available'
        ? { ...payload, status: 'Finishing', errorCode: 'OtherError' }
        : payload,
    ),
  },
  availableWhilePlugged: {
    row: 26,
    what: 'says Available while a car is plugged in',
    rewrite: onAction('StatusNotification', (payload) =>
      payload.status === 'Preparing' ? { ...payload, status: 'Available' } : payload,
    ),
  },
  extraConnector: {
    row: 28,
    what: 'reports a connector nobody knows',
    knobs: { ghostConnector: 7 },
  },
  repeatedStart: {
    row: 29,
    what: 'says each StartTransaction twice',
    knobs: { repeatsStart: true },
  },
  obeysSecondStart: {
    row: 30,
    what: 'says each StartTransaction under two message ids and obeys the second answer',
    knobs: { repeatsStart: true },
  },
  stopWithZero: {
    row: 31,
    what: 'stops transaction 0',
    rewrite: onAction('StopTransaction', (payload) => ({ ...payload, transactionId: 0 })),
  },
  stopWithMinusOne: {
    row: 31,
    what: 'stops transaction −1',
    rewrite: onAction('StopTransaction', (payload) => ({ ...payload, transactionId: -1 })),
  },
  hugeTransaction: {
    row: 32,
    what: 'stops transaction 9223372036854775807',
    rewrite: onAction('StopTransaction', (payload) => ({ ...payload, transactionId: 2 ** 63 })),
  },
  foreignTransaction: {
    row: 33,
    what: 'stops the transaction of another charger',
    rewrite: onAction('StopTransaction', (payload) => ({ ...payload, transactionId: 1 })),
  },
  int32Only: {
    row: 34,
    what: 'takes transaction numbers of 1 to 2³¹ − 1 only',
    knobs: { int32Only: true },
  },
  ignoresRefusal: {
    row: 35,
    what: 'charges on with the number of a start that was refused',
    knobs: { isFreeVend: true, int32Only: true },
  },
  offlineBurst: {
    row: 36,
    what: 'charges offline and delivers it all later',
    knobs: { chargesOffline: true },
  },
  bareStop: {
    row: 37,
    what: 'stops without idTag, meterStop −1',
    rewrite: onAction('StopTransaction', (payload) => ({
      ...without(payload, 'idTag'),
      meterStop: -1,
    })),
  },
  swallowedStop: { row: 38, what: 'never stops a transaction', knobs: { swallowsStop: true } },
  spacedTags: {
    row: 39,
    what: 'writes card numbers in lower case with spaces',
    rewrite: (_action, payload) =>
      'idTag' in payload
        ? { ...payload, idTag: ` ${String(payload.idTag).toLowerCase()}` }
        : payload,
  },
  freeVend: {
    row: 41,
    what: 'charges without ever saying StartTransaction',
    knobs: { isFreeVend: true, swallowsStart: true },
  },
  bareValues: {
    row: 42,
    what: 'leaves measurand, unit and context away',
    rewrite: onAction('MeterValues', (payload) =>
      eachValue(
        {
          ...payload,
          meterValue: (payload.meterValue as { sampledValue: Payload[] }[]).map((one) => ({
            ...one,
            sampledValue: one.sampledValue.filter(isEnergy),
          })),
        },
        (value) => ({ value: value.value }),
      ),
    ),
  },
  kwhAsWh: {
    row: 43,
    what: 'labels kWh as Wh in meter values',
    rewrite: onAction('MeterValues', (payload) =>
      eachValue(
        payload,
        asRegister((wh) => wh / 1000),
      ),
    ),
  },
  registerReset: {
    row: 44,
    what: 'counts from zero with every charge',
    knobs: { resetsRegister: true },
  },
  sessionRelative: {
    row: 44,
    what: 'counts from zero in meter values only',
    rewrite: onAction('MeterValues', (payload, { meterStartWh }) =>
      eachValue(
        payload,
        asRegister((wh) => wh - meterStartWh),
      ),
    ),
  },
  placeholderZero: {
    row: 44,
    what: 'says 0 Wh now and then',
    rewrite: onAction('MeterValues', (payload, { serial }) =>
      serial % 3 === 0
        ? eachValue(
            payload,
            asRegister(() => 0),
          )
        : payload,
    ),
  },
  phasesOnly: {
    row: 45,
    what: 'gives its energy per phase and never the total',
    rewrite: onAction('MeterValues', (payload) => eachValues(payload, perPhase)),
  },
  meterValueAsObject: {
    row: 46,
    what: 'sends meterValue as an object',
    rewrite: onAction('MeterValues', (payload) => ({
      ...payload,
      meterValue: (payload.meterValue as unknown[])[0],
    })),
  },
  emptySamples: {
    row: 46,
    what: 'adds a reading without values',
    rewrite: onAction('MeterValues', (payload, { now }) => ({
      ...payload,
      meterValue: [
        ...(payload.meterValue as unknown[]),
        { timestamp: now.toISOString(), sampledValue: [] },
      ],
    })),
  },
  numbersForStrings: {
    row: 46,
    what: 'sends sampled values as numbers',
    rewrite: (_action, payload) =>
      eachValue(payload, (value) => ({ ...value, value: Number(value.value) })),
  },
  stringsForNumbers: {
    row: 46,
    what: 'sends whole numbers as strings',
    rewrite: (action, payload) =>
      isTransaction(action)
        ? Object.fromEntries(
            Object.entries(payload).map(([key, value]) => [
              key,
              typeof value === 'number' ? String(value) : value,
            ]),
          )
        : payload,
  },
  floatsForWhole: {
    row: 46,
    what: 'sends meterStart and meterStop with decimals',
    rewrite: (_action, payload) =>
      Object.fromEntries(
        Object.entries(payload).map(([key, value]) => [
          key,
          key.startsWith('meterSt') ? Number(value) + 0.4 : value,
        ]),
      ),
  },
  valuesOnZero: {
    row: 47,
    what: 'reports meter values on connector 0',
    rewrite: onAction('MeterValues', (payload) => ({ ...payload, connectorId: 0 })),
  },
  valuesWithoutTransaction: {
    row: 47,
    what: 'leaves the transaction away in meter values',
    rewrite: onAction('MeterValues', (payload) => without(payload, 'transactionId')),
  },
  valuesAfterStop: {
    row: 47,
    what: 'delivers readings after the stop',
    knobs: { valuesAfterStop: 2 },
  },
  clockAligned: {
    row: 48,
    what: 'mixes clock-aligned values with those of the transaction',
    rewrite: onAction('MeterValues', (payload) =>
      eachValues(payload, (value) =>
        isEnergy(value) ? [value, { ...value, context: 'Sample.Clock' }] : [value],
      ),
    ),
  },
  resetWithoutAnswer: {
    row: 0,
    what: 'answers no hard reset, stops and cuts the line',
    knobs: { resetsWithoutAnswer: true },
  },
  firmwareSilent: {
    row: 0,
    what: 'updates its firmware without a word (MicroOcpp #242)',
    knobs: { firmware: 'silent' },
  },
  firmwareNoInstalled: {
    row: 0,
    what: 'updates and never says Installed (MicroOcpp #261)',
    knobs: { firmware: 'noInstalled' },
  },
  firmwareNoDownloading: {
    row: 0,
    what: 'updates and begins to speak at Installing (SAP ev-server #2305)',
    knobs: { firmware: 'noDownloading' },
  },
  firmwareDownloadFails: {
    row: 0,
    what: 'cannot download firmware',
    knobs: { firmware: 'downloadFails' },
  },
  firmwareInstallFails: {
    row: 0,
    what: 'downloads firmware and cannot install it',
    knobs: { firmware: 'installFails' },
  },
  firmwareOldVersion: {
    row: 0,
    what: 'installs firmware and comes back with the old version',
    knobs: { firmware: 'rollsBack' },
  },
  firmwareIgnored: {
    row: 0,
    what: 'takes the order for an update and does nothing',
    knobs: { firmware: 'ignores' },
  },
  secureFirmware: {
    row: 0,
    what: 'has the security extension: signed firmware only, GetLog in place of GetDiagnostics',
    knobs: { isSecure: true },
  },
  uploadFails: { row: 0, what: 'cannot upload its log', knobs: { uploadFails: true } },
  uploadsByForm: {
    row: 0,
    what: 'uploads its log with POST and a form',
    knobs: { uploadsByForm: true },
  },
} satisfies Record<string, Fault>

export type FaultName = keyof typeof faults

export const faultNames = Object.keys(faults) as FaultName[]

export type Behaviour = { knobs: Knobs; rewrite: NonNullable<Fault['rewrite']> }

/** All of the named faults at once; later ones win where they turn the same knob. */
export function behaviourOf(names: readonly FaultName[]): Behaviour {
  const chosen: Fault[] = names.map((name) => faults[name])
  return {
    knobs: Object.assign({}, plainKnobs, ...chosen.map((fault) => fault.knobs)) as Knobs,
    rewrite: (action, payload, situation) =>
      chosen.reduce((said, fault) => fault.rewrite?.(action, said, situation) ?? said, payload),
  }
}
