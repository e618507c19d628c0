/**
 * The Open Charge Alliance's certification cases for central systems of OCPP 1.6, each with what shows that it holds
 * here. The ids are those of its compliancy testing; the steps are ours. `docs/ocpp.md` is made from this table.
 */
import {
  ago,
  ahead,
  begin,
  boot,
  card,
  end,
  status,
  type ChargePoint,
  type Json,
} from './chargePoint'

export type Case = {
  id: string
  what: string
  /** Messages it exercises. */
  messages: readonly string[]
} & ({ run: (cp: ChargePoint) => Promise<void> } | { cannot: string })

const accepted = { status: 'Accepted' }
const rejected = { status: 'Rejected' }

/** The central system asks, the charger answers, and the command ends so. */
const asking =
  (
    action: string,
    payload: Json | ((cp: ChargePoint) => Json),
    answer: Json,
    ends: { status: string; reason?: string | null },
  ) =>
  async (cp: ChargePoint) => {
    await boot(cp)
    const request = typeof payload === 'function' ? payload(cp) : payload
    const command = await cp.asked(action, request, answer)
    expect(await cp.ended(command)).toMatchObject(ends)
    expect(cp.received).toContainEqual({ action, payload: request })
  }

const yes = { status: 'accepted' }
const no = { status: 'rejected', reason: 'charger-rejected' }

/** A card that is not good: refused at the reader, and where the charge began all the same, with a number. */
const badCard =
  (state: 'invalid' | 'blocked' | 'expired', word: string) => async (cp: ChargePoint) => {
    await boot(cp)
    const idTag = state === 'invalid' ? 'NOBODYS' : await card(cp, state)
    expect(await cp.say('Authorize', { idTag })).toMatchObject({ idTagInfo: { status: word } })
    const start = await begin(cp, { idTag })
    expect(start).toMatchObject({ card: word })
    expect(start.transactionId).toBeGreaterThan(0)
  }

async function regular(cp: ChargePoint): Promise<void> {
  await boot(cp)
  await status(cp, 'Preparing')
  expect(await cp.say('Authorize', { idTag: cp.idTag })).toMatchObject({ idTagInfo: accepted })
  const { transactionId, card: verdict } = await begin(cp)
  expect(verdict).toBe('Accepted')
  await status(cp, 'Charging')
  expect(
    await cp.say('MeterValues', {
      connectorId: 1,
      transactionId,
      meterValue: [{ timestamp: ago(10), sampledValue: [{ value: '4000' }] }],
    }),
  ).toEqual({})
  expect(await end(cp, transactionId, { idTag: cp.idTag })).toMatchObject({ idTagInfo: accepted })
  await status(cp, 'Available')
  expect(await cp.sessions()).toMatchObject([{ stop_reason: 'Local', energy_wh: 5_000 }])
}

/** A start that becomes effective with the charge. */
async function remoteStart(cp: ChargePoint, more: Json = {}): Promise<void> {
  const command = await cp.asked(
    'RemoteStartTransaction',
    { connectorId: 1, idTag: cp.idTag, ...more },
    accepted,
  )
  await cp.ended(command, 'accepted')
  expect((await begin(cp, { timestamp: ago(0) })).card).toBe('Accepted')
  expect(await cp.ended(command)).toMatchObject({ status: 'effective' })
}

const resets = (type: 'Soft' | 'Hard', isCharging: boolean) => async (cp: ChargePoint) => {
  await boot(cp)
  const running = isCharging ? await begin(cp) : null
  const command = await cp.asked('Reset', { type }, accepted)
  await cp.ended(command, 'accepted')
  if (running)
    await end(cp, running.transactionId, { reason: type === 'Soft' ? 'SoftReset' : 'HardReset' })
  await cp.disconnect()
  await cp.connect()
  expect(await boot(cp)).toMatchObject(accepted)
  expect(await cp.ended(command)).toMatchObject({ status: 'effective' })
  if (running)
    expect(await cp.sessions()).toMatchObject([
      { stop_reason: type === 'Soft' ? 'SoftReset' : 'HardReset', energy_wh: 5_000 },
    ])
}

const reserving = (word: string, ends: { status: string; reason?: string | null }) =>
  asking(
    'ReserveNow',
    (cp) => ({ connectorId: 1, expiryDate: ahead(30), idTag: cp.idTag, reservationId: 41 }),
    { status: word },
    ends,
  )

const list = (more: Json = {}) => ({
  listVersion: 2,
  updateType: 'Full',
  localAuthorizationList: [{ idTag: 'CARD1', idTagInfo: accepted }],
  ...more,
})

const profile = (purpose: string, more: Json = {}) => ({
  chargingProfileId: 9,
  stackLevel: 0,
  chargingProfilePurpose: purpose,
  chargingProfileKind: 'Absolute',
  chargingSchedule: {
    chargingRateUnit: 'A',
    startSchedule: ago(60),
    chargingSchedulePeriod: [{ startPeriod: 0, limit: 6 }],
  },
  ...more,
})

/** The charger tells how far an update or an upload is; each word is taken. */
const telling =
  (action: string, words: readonly string[], more: Json = {}) =>
  async (cp: ChargePoint) => {
    for (const word of words) expect(await cp.say(action, { status: word, ...more })).toEqual({})
  }

const file = { location: 'https://files.example.test/f' }
const signedFirmware = {
  requestId: 5,
  firmware: {
    ...file,
    retrieveDateTime: ago(0),
    signingCertificate: '-----BEGIN CERTIFICATE-----',
    signature: 'c2ln',
  },
}
const securityEvent = (type: string) => async (cp: ChargePoint) => {
  await boot(cp)
  expect(await cp.say('SecurityEventNotification', { type, timestamp: ago(0) })).toEqual({})
  const { rows } = await cp.side.pool.query(
    `select body->>'type' type from telemetry.events where charger_id = $1 and kind = 'charger.security'`,
    [cp.id],
  )
  expect(rows).toContainEqual({ type })
}

const session = [
  'Authorize',
  'StartTransaction',
  'MeterValues',
  'StopTransaction',
  'StatusNotification',
]
const booting = ['BootNotification', 'StatusNotification', 'Heartbeat']

export const cases: readonly Case[] = [
  {
    id: 'TC_001',
    what: 'Cold boot',
    messages: booting,
    async run(cp) {
      const answer = await boot(cp)
      expect(answer).toMatchObject(accepted)
      expect(answer['interval']).toBeGreaterThanOrEqual(60)
      const beat = (await cp.say('Heartbeat', {})) as { currentTime: string }
      expect(Math.abs(Date.parse(beat.currentTime) - Date.now())).toBeLessThan(5_000)
    },
  },
  { id: 'TC_003', what: 'Regular charge, plug first', messages: session, run: regular },
  {
    id: 'TC_004_1',
    what: 'Regular charge, card first',
    messages: session,
    async run(cp) {
      await boot(cp)
      expect(await cp.say('Authorize', { idTag: cp.idTag })).toMatchObject({ idTagInfo: accepted })
      await status(cp, 'Preparing')
      const { transactionId } = await begin(cp)
      expect(await end(cp, transactionId, { idTag: cp.idTag })).toMatchObject({
        idTagInfo: accepted,
      })
    },
  },
  {
    id: 'TC_004_2',
    what: 'Card first, and nobody plugs in',
    messages: ['Authorize', 'StatusNotification'],
    async run(cp) {
      await boot(cp)
      await cp.say('Authorize', { idTag: cp.idTag })
      await status(cp, 'Preparing')
      expect(await status(cp, 'Available')).toEqual({})
      expect(await cp.sessions()).toEqual([])
    },
  },
  {
    id: 'TC_005_1',
    what: 'The car is unplugged on its side',
    messages: ['StatusNotification', 'StopTransaction'],
    async run(cp) {
      await boot(cp)
      const { transactionId } = await begin(cp)
      await status(cp, 'SuspendedEV')
      expect(await end(cp, transactionId, { reason: 'EVDisconnected' })).toBeInstanceOf(Object)
      await status(cp, 'Finishing')
      expect(await cp.sessions()).toMatchObject([{ stop_reason: 'EVDisconnected' }])
    },
  },
  {
    id: 'TC_007',
    what: 'A charge with a card from the cache: started without asking',
    messages: ['StartTransaction'],
    async run(cp) {
      await boot(cp)
      expect((await begin(cp)).card).toBe('Accepted')
    },
  },
  {
    id: 'TC_010',
    what: 'Remote start, plugged in first',
    messages: ['RemoteStartTransaction', 'StartTransaction'],
    async run(cp) {
      await boot(cp)
      await status(cp, 'Preparing')
      await remoteStart(cp)
    },
  },
  {
    id: 'TC_011_1',
    what: 'Remote start before the plug',
    messages: ['RemoteStartTransaction', 'StatusNotification'],
    async run(cp) {
      await boot(cp)
      await remoteStart(cp)
      await status(cp, 'Charging')
      expect(await cp.connectorStatus()).toBe('Charging')
    },
  },
  {
    id: 'TC_011_2',
    what: 'Remote start, and nobody plugs in: accepted is not effective',
    messages: ['RemoteStartTransaction'],
    async run(cp) {
      await boot(cp)
      const payload = { connectorId: 1, idTag: cp.idTag }
      const command = await cp.asked('RemoteStartTransaction', payload, accepted)
      expect(await cp.ended(command, 'accepted')).toMatchObject({ status: 'accepted' })
      await status(cp, 'Preparing')
      await status(cp, 'Available')
      expect(await cp.sessions()).toEqual([])
    },
  },
  {
    id: 'TC_012',
    what: 'Remote stop',
    messages: ['RemoteStopTransaction', 'StopTransaction'],
    async run(cp) {
      await boot(cp)
      const { transactionId } = await begin(cp)
      const command = await cp.asked('RemoteStopTransaction', { transactionId }, accepted)
      await cp.ended(command, 'accepted')
      await end(cp, transactionId, { reason: 'Remote' })
      expect(await cp.ended(command)).toMatchObject({ status: 'effective' })
    },
  },
  { id: 'TC_013', what: 'Hard reset', messages: ['Reset'], run: resets('Hard', false) },
  { id: 'TC_014', what: 'Soft reset', messages: ['Reset'], run: resets('Soft', false) },
  {
    id: 'TC_015',
    what: 'Hard reset during a charge',
    messages: ['Reset', 'StopTransaction'],
    run: resets('Hard', true),
  },
  {
    id: 'TC_016',
    what: 'Soft reset during a charge',
    messages: ['Reset', 'StopTransaction'],
    run: resets('Soft', true),
  },
  {
    id: 'TC_017_1',
    what: 'Unlock, no charge, nothing plugged in',
    messages: ['UnlockConnector'],
    run: asking(
      'UnlockConnector',
      { connectorId: 1 },
      { status: 'Unlocked' },
      { status: 'effective' },
    ),
  },
  {
    id: 'TC_017_2',
    what: 'Unlock where the cable is fixed',
    messages: ['UnlockConnector'],
    run: asking(
      'UnlockConnector',
      { connectorId: 1 },
      { status: 'NotSupported' },
      { status: 'rejected', reason: 'not-supported' },
    ),
  },
  {
    id: 'TC_018_1',
    what: 'Unlock during a charge',
    messages: ['UnlockConnector', 'StopTransaction'],
    async run(cp) {
      await boot(cp)
      const { transactionId } = await begin(cp)
      const command = await cp.asked('UnlockConnector', { connectorId: 1 }, { status: 'Unlocked' })
      expect(await cp.ended(command)).toMatchObject({ status: 'effective' })
      await end(cp, transactionId, { reason: 'UnlockCommand' })
      expect(await cp.sessions()).toMatchObject([{ stop_reason: 'UnlockCommand' }])
    },
  },
  {
    id: 'TC_018_2',
    what: 'Unlock during a charge where the cable is fixed',
    messages: ['UnlockConnector'],
    async run(cp) {
      await boot(cp)
      await begin(cp)
      const answer = { status: 'NotSupported' }
      const command = await cp.asked('UnlockConnector', { connectorId: 1 }, answer)
      expect(await cp.ended(command)).toMatchObject({ status: 'rejected' })
      expect(await cp.sessions()).toMatchObject([{ status: 'charging' }])
    },
  },
  {
    id: 'TC_019_1',
    what: 'All settings are read',
    messages: ['GetConfiguration'],
    async run(cp) {
      await boot(cp)
      const configurationKey = [{ key: 'HeartbeatInterval', readonly: false, value: '300' }]
      const command = await cp.asked('GetConfiguration', {}, { configurationKey })
      expect(await cp.ended(command)).toMatchObject(yes)
      const { rows } = await cp.side.pool.query(
        'select key, value from telemetry.charger_configuration where charger_id = $1',
        [cp.id],
      )
      expect(rows).toEqual([{ key: 'HeartbeatInterval', value: '300' }])
    },
  },
  {
    id: 'TC_019_2',
    what: 'One setting is read',
    messages: ['GetConfiguration'],
    run: asking(
      'GetConfiguration',
      { key: ['SupportedFeatureProfiles'] },
      { configurationKey: [{ key: 'SupportedFeatureProfiles', readonly: true, value: 'Core' }] },
      yes,
    ),
  },
  {
    id: 'TC_021',
    what: 'A setting is changed',
    messages: ['ChangeConfiguration'],
    run: asking(
      'ChangeConfiguration',
      { key: 'MeterValueSampleInterval', value: '30' },
      accepted,
      yes,
    ),
  },
  {
    id: 'TC_023_1',
    what: 'An unknown card',
    messages: ['Authorize', 'StartTransaction'],
    run: badCard('invalid', 'Invalid'),
  },
  {
    id: 'TC_023_2',
    what: 'An expired card',
    messages: ['Authorize', 'StartTransaction'],
    run: badCard('expired', 'Expired'),
  },
  {
    id: 'TC_023_3',
    what: 'A blocked card',
    messages: ['Authorize', 'StartTransaction'],
    run: badCard('blocked', 'Blocked'),
  },
  {
    id: 'TC_024',
    what: 'The lock fails at the start',
    messages: ['Authorize', 'StatusNotification'],
    async run(cp) {
      await boot(cp)
      await cp.say('Authorize', { idTag: cp.idTag })
      expect(await status(cp, 'Faulted', 1, 'ConnectorLockFailure')).toEqual({})
      expect(await cp.connectorStatus()).toBe('Faulted')
    },
  },
  {
    id: 'TC_026',
    what: 'Remote start is refused',
    messages: ['RemoteStartTransaction'],
    run: asking(
      'RemoteStartTransaction',
      (cp) => ({ connectorId: 1, idTag: cp.idTag }),
      rejected,
      no,
    ),
  },
  {
    id: 'TC_028',
    what: 'Remote stop is refused',
    messages: ['RemoteStopTransaction'],
    run: asking('RemoteStopTransaction', { transactionId: 2_000_000 }, rejected, no),
  },
  {
    id: 'TC_030',
    what: 'Unlock fails',
    messages: ['UnlockConnector'],
    run: asking('UnlockConnector', { connectorId: 1 }, { status: 'UnlockFailed' }, no),
  },
  {
    id: 'TC_031',
    what: 'Unlock of a connector that is not there goes to the charger all the same',
    messages: ['UnlockConnector'],
    run: asking(
      'UnlockConnector',
      { connectorId: 99 },
      { status: 'NotSupported' },
      { status: 'rejected' },
    ),
  },
  {
    id: 'TC_032_1',
    what: 'Power fails during a charge; the stop comes after the boot',
    messages: [...booting, 'StopTransaction'],
    async run(cp) {
      await boot(cp)
      const { transactionId } = await begin(cp)
      cp.cut()
      await cp.connect()
      expect(await boot(cp)).toMatchObject(accepted)
      await end(cp, transactionId, { reason: 'PowerLoss' })
      expect(await cp.sessions()).toMatchObject([{ stop_reason: 'PowerLoss', energy_wh: 5_000 }])
    },
  },
  {
    id: 'TC_034',
    what: 'Power fails while a connector is out of use: it stays so',
    messages: ['ChangeAvailability', ...booting],
    async run(cp) {
      await boot(cp)
      const payload = { connectorId: 1, type: 'Inoperative' }
      const command = await cp.asked('ChangeAvailability', payload, accepted)
      await cp.ended(command, 'accepted')
      await status(cp, 'Unavailable')
      expect(await cp.ended(command)).toMatchObject({ status: 'effective' })
      cp.cut()
      await cp.connect()
      await cp.say('BootNotification', { chargePointVendor: 'C', chargePointModel: 'S' })
      await status(cp, 'Unavailable')
      expect(await cp.connectorStatus()).toBe('Unavailable')
    },
  },
  {
    id: 'TC_036',
    what: 'The line is lost during a charge; what was measured meanwhile is taken',
    messages: ['MeterValues', 'StopTransaction'],
    async run(cp) {
      await boot(cp)
      const { transactionId } = await begin(cp)
      cp.cut()
      await cp.connect()
      const meterValue = [{ timestamp: ago(20), sampledValue: [{ value: '2500' }] }]
      expect(await cp.say('MeterValues', { connectorId: 1, transactionId, meterValue })).toEqual({})
      await end(cp, transactionId)
      expect(await cp.sessions()).toMatchObject([{ energy_wh: 5_000 }])
    },
  },
  {
    id: 'TC_037_1',
    what: 'A charge begun offline with a good card',
    messages: ['StartTransaction'],
    async run(cp) {
      await boot(cp)
      await cp.disconnect()
      await cp.connect()
      expect((await begin(cp, { timestamp: ago(120) })).card).toBe('Accepted')
    },
  },
  {
    id: 'TC_037_3',
    what: 'A charge begun offline with a bad card has a number, and its stop is taken',
    messages: ['StartTransaction', 'StopTransaction'],
    async run(cp) {
      await boot(cp)
      const { transactionId, card: verdict } = await begin(cp, {
        idTag: 'NOBODYS',
        timestamp: ago(90),
      })
      expect(verdict).toBe('Invalid')
      await end(cp, transactionId, { reason: 'DeAuthorized' })
      expect(await cp.sessions()).toMatchObject([{ stop_reason: 'DeAuthorized' }])
    },
  },
  {
    id: 'TC_039',
    what: 'A whole charge offline',
    messages: ['StartTransaction', 'MeterValues', 'StopTransaction'],
    async run(cp) {
      await boot(cp)
      const start = { timestamp: ago(240) }
      const { transactionId } = await begin(cp, start)
      expect((await begin(cp, start)).transactionId).toBe(transactionId)
      await end(cp, transactionId, { timestamp: ago(180) })
      expect(await cp.sessions()).toMatchObject([{ energy_wh: 5_000 }])
    },
  },
  {
    id: 'TC_040_1',
    what: 'A setting it does not know',
    messages: ['ChangeConfiguration'],
    run: asking(
      'ChangeConfiguration',
      { key: 'ColourOfLed', value: 'red' },
      { status: 'NotSupported' },
      { status: 'rejected' },
    ),
  },
  {
    id: 'TC_040_2',
    what: 'A value it does not take',
    messages: ['ChangeConfiguration'],
    run: asking(
      'ChangeConfiguration',
      { key: 'MeterValueSampleInterval', value: '-1' },
      rejected,
      no,
    ),
  },
  {
    id: 'TC_042_1',
    what: 'The version of a card list that it has not got',
    messages: ['GetLocalListVersion'],
    run: asking('GetLocalListVersion', {}, { listVersion: -1 }, yes),
  },
  {
    id: 'TC_042_2',
    what: 'The version of an empty card list',
    messages: ['GetLocalListVersion'],
    run: asking('GetLocalListVersion', {}, { listVersion: 0 }, yes),
  },
  {
    id: 'TC_043_1',
    what: 'A card list to a charger that takes none',
    messages: ['SendLocalList'],
    run: asking(
      'SendLocalList',
      list(),
      { status: 'NotSupported' },
      { status: 'rejected', reason: 'not-supported' },
    ),
  },
  {
    id: 'TC_043_3',
    what: 'A card list that it could not store',
    messages: ['SendLocalList'],
    run: asking('SendLocalList', list(), { status: 'Failed' }, no),
  },
  {
    id: 'TC_043_4',
    what: 'A whole card list',
    messages: ['SendLocalList'],
    run: asking('SendLocalList', list(), accepted, yes),
  },
  {
    id: 'TC_043_5',
    what: 'A change of the card list',
    messages: ['SendLocalList'],
    run: asking(
      'SendLocalList',
      list({ updateType: 'Differential', listVersion: 3 }),
      accepted,
      yes,
    ),
  },
  {
    id: 'TC_044_1',
    what: 'Firmware is downloaded and installed',
    messages: ['UpdateFirmware', 'FirmwareStatusNotification', 'BootNotification'],
    async run(cp) {
      await asking('UpdateFirmware', { ...file, retrieveDate: ago(0) }, {}, yes)(cp)
      await telling('FirmwareStatusNotification', [
        'Downloading',
        'Downloaded',
        'Installing',
        'Installed',
      ])(cp)
      expect(await boot(cp)).toMatchObject(accepted)
    },
  },
  {
    id: 'TC_044_2',
    what: 'The download of firmware fails',
    messages: ['UpdateFirmware', 'FirmwareStatusNotification'],
    async run(cp) {
      await asking('UpdateFirmware', { ...file, retrieveDate: ago(0) }, {}, yes)(cp)
      await telling('FirmwareStatusNotification', ['Downloading', 'DownloadFailed'])(cp)
    },
  },
  {
    id: 'TC_044_3',
    what: 'The installation of firmware fails',
    messages: ['UpdateFirmware', 'FirmwareStatusNotification'],
    async run(cp) {
      await asking('UpdateFirmware', { ...file, retrieveDate: ago(0) }, {}, yes)(cp)
      await telling('FirmwareStatusNotification', ['Downloaded', 'InstallationFailed'])(cp)
    },
  },
  {
    id: 'TC_045_1',
    what: 'Diagnostics are uploaded',
    messages: ['GetDiagnostics', 'DiagnosticsStatusNotification'],
    async run(cp) {
      await asking('GetDiagnostics', file, { fileName: 'd.zip' }, yes)(cp)
      await telling('DiagnosticsStatusNotification', ['Uploading', 'Uploaded'])(cp)
    },
  },
  {
    id: 'TC_045_2',
    what: 'The upload of diagnostics fails',
    messages: ['GetDiagnostics', 'DiagnosticsStatusNotification'],
    async run(cp) {
      await asking('GetDiagnostics', file, { fileName: 'd.zip' }, yes)(cp)
      await telling('DiagnosticsStatusNotification', ['Uploading', 'UploadFailed'])(cp)
    },
  },
  {
    id: 'TC_046',
    what: 'A reserved connector is used by its card',
    messages: ['ReserveNow', 'StatusNotification', 'StartTransaction'],
    async run(cp) {
      await reserving('Accepted', yes)(cp)
      await status(cp, 'Reserved')
      expect(await cp.connectorStatus()).toBe('Reserved')
      await begin(cp, { reservationId: 41 })
      expect(await cp.sessions()).toMatchObject([{ reservation_number: 41 }])
    },
  },
  {
    id: 'TC_047',
    what: 'A reservation expires',
    messages: ['ReserveNow', 'StatusNotification'],
    async run(cp) {
      await reserving('Accepted', yes)(cp)
      await status(cp, 'Reserved')
      await status(cp, 'Available')
      expect(await cp.connectorStatus()).toBe('Available')
    },
  },
  {
    id: 'TC_048_1',
    what: 'A faulted connector is not reserved',
    messages: ['ReserveNow'],
    run: reserving('Faulted', no),
  },
  {
    id: 'TC_048_2',
    what: 'A connector in use is not reserved',
    messages: ['ReserveNow'],
    run: reserving('Occupied', no),
  },
  {
    id: 'TC_048_3',
    what: 'A connector out of use is not reserved',
    messages: ['ReserveNow'],
    run: reserving('Unavailable', no),
  },
  {
    id: 'TC_048_4',
    what: 'A charger takes no reservations',
    messages: ['ReserveNow'],
    run: reserving('Rejected', no),
  },
  {
    id: 'TC_049',
    what: 'Any connector is reserved',
    messages: ['ReserveNow', 'StartTransaction'],
    async run(cp) {
      const payload = { connectorId: 0, expiryDate: ahead(30), idTag: cp.idTag, reservationId: 42 }
      await asking('ReserveNow', payload, accepted, yes)(cp)
      await begin(cp, { reservationId: 42 })
      expect(await cp.sessions()).toMatchObject([{ reservation_number: 42 }])
    },
  },
  {
    id: 'TC_051',
    what: 'A reservation is cancelled',
    messages: ['CancelReservation'],
    run: asking('CancelReservation', { reservationId: 41 }, accepted, yes),
  },
  {
    id: 'TC_052',
    what: 'A reservation that it does not know',
    messages: ['CancelReservation'],
    run: asking('CancelReservation', { reservationId: 77 }, rejected, no),
  },
  {
    id: 'TC_053_1',
    what: 'A reserved connector is used by a card of the same group',
    messages: ['ReserveNow', 'Authorize'],
    async run(cp) {
      await cp.side.pool.query(`update rfid_cards set parent_id_tag = 'GROUP1' where uid = $1`, [
        cp.idTag,
      ])
      await reserving('Accepted', yes)(cp)
      expect(await cp.say('Authorize', { idTag: cp.idTag })).toMatchObject({
        idTagInfo: { status: 'Accepted', parentIdTag: 'GROUP1' },
      })
    },
  },
  {
    id: 'TC_054',
    what: 'Messages are asked for',
    messages: ['TriggerMessage', 'MeterValues', 'Heartbeat', 'StatusNotification'],
    async run(cp) {
      await boot(cp)
      for (const requestedMessage of ['MeterValues', 'Heartbeat', 'StatusNotification']) {
        const command = await cp.asked('TriggerMessage', { requestedMessage }, accepted)
        expect(await cp.ended(command)).toMatchObject(yes)
      }
      const meterValue = [{ timestamp: ago(0), sampledValue: [{ value: '1', context: 'Trigger' }] }]
      expect(await cp.say('MeterValues', { connectorId: 1, meterValue })).toEqual({})
    },
  },
  {
    id: 'TC_055',
    what: 'A message is asked for in vain',
    messages: ['TriggerMessage'],
    run: asking(
      'TriggerMessage',
      { requestedMessage: 'MeterValues', connectorId: 99 },
      rejected,
      no,
    ),
  },
  {
    id: 'TC_056',
    what: 'A limit of every charge',
    messages: ['SetChargingProfile'],
    run: asking(
      'SetChargingProfile',
      { connectorId: 1, csChargingProfiles: profile('TxDefaultProfile') },
      accepted,
      yes,
    ),
  },
  {
    id: 'TC_057',
    what: 'A limit of the charge that is running',
    messages: ['SetChargingProfile'],
    async run(cp) {
      await boot(cp)
      const { transactionId } = await begin(cp)
      const csChargingProfiles = profile('TxProfile', { transactionId })
      const command = await cp.asked(
        'SetChargingProfile',
        { connectorId: 1, csChargingProfiles },
        accepted,
      )
      expect(await cp.ended(command)).toMatchObject(yes)
    },
  },
  {
    id: 'TC_058_1',
    what: 'A limit of a charge where none is running is refused',
    messages: ['SetChargingProfile'],
    run: asking(
      'SetChargingProfile',
      { connectorId: 1, csChargingProfiles: profile('TxProfile') },
      rejected,
      no,
    ),
  },
  {
    id: 'TC_059',
    what: 'Remote start with a limit',
    messages: ['RemoteStartTransaction', 'StartTransaction'],
    async run(cp) {
      await boot(cp)
      await remoteStart(cp, { chargingProfile: profile('TxProfile') })
    },
  },
  {
    id: 'TC_060',
    what: 'Remote start with a limit is refused',
    messages: ['RemoteStartTransaction'],
    run: asking(
      'RemoteStartTransaction',
      (cp) => ({ connectorId: 1, idTag: cp.idTag, chargingProfile: profile('TxProfile') }),
      rejected,
      no,
    ),
  },
  {
    id: 'TC_061',
    what: 'The card cache is cleared',
    messages: ['ClearCache'],
    run: asking('ClearCache', {}, accepted, yes),
  },
  {
    id: 'TC_062',
    what: 'Vendor data to the charger',
    messages: ['DataTransfer'],
    run: asking(
      'DataTransfer',
      { vendorId: 'nobody' },
      { status: 'UnknownVendorId' },
      { status: 'rejected' },
    ),
  },
  {
    id: 'TC_064',
    what: 'Vendor data from the charger',
    messages: ['DataTransfer'],
    async run(cp) {
      await boot(cp)
      expect(await cp.say('DataTransfer', { vendorId: 'nobody' })).toEqual({
        status: 'UnknownVendorId',
      })
    },
  },
  {
    id: 'TC_066',
    what: 'The composite schedule',
    messages: ['GetCompositeSchedule'],
    run: asking(
      'GetCompositeSchedule',
      { connectorId: 1, duration: 300 },
      {
        status: 'Accepted',
        connectorId: 1,
        scheduleStart: ago(0),
        chargingSchedule: profile('TxDefaultProfile').chargingSchedule,
      },
      yes,
    ),
  },
  {
    id: 'TC_067',
    what: 'Charging profiles are cleared',
    messages: ['ClearChargingProfile'],
    run: asking('ClearChargingProfile', { id: 9 }, accepted, yes),
  },
  {
    id: 'TC_070',
    what: 'Sampled readings',
    messages: ['MeterValues'],
    run: regular,
  },
  {
    id: 'TC_071',
    what: 'Readings by the clock',
    messages: ['MeterValues'],
    async run(cp) {
      await boot(cp)
      const sampledValue = [{ value: '1200', context: 'Sample.Clock', unit: 'Wh' }]
      const meterValue = [{ timestamp: ago(15), sampledValue }]
      expect(await cp.say('MeterValues', { connectorId: 1, meterValue })).toEqual({})
    },
  },
  {
    id: 'TC_072',
    what: 'Profiles on several levels',
    messages: ['SetChargingProfile'],
    async run(cp) {
      await boot(cp)
      for (const stackLevel of [0, 1]) {
        const csChargingProfiles = profile('TxDefaultProfile', {
          stackLevel,
          chargingProfileId: stackLevel + 1,
        })
        const command = await cp.asked(
          'SetChargingProfile',
          { connectorId: 1, csChargingProfiles },
          accepted,
        )
        expect(await cp.ended(command)).toMatchObject(yes)
      }
    },
  },
  {
    id: 'TC_073',
    what: 'The password is changed over OCPP, and stands in no log',
    messages: ['ChangeConfiguration'],
    async run(cp) {
      const value = 'a1b2c3d4e5f6a7b8c9d0'
      await asking('ChangeConfiguration', { key: 'AuthorizationKey', value }, accepted, yes)(cp)
      const { rows } = await cp.side.pool.query(
        `select payload from telemetry.frames where charger_id = $1 and action = 'ChangeConfiguration'`,
        [cp.id],
      )
      expect(JSON.stringify(rows)).not.toContain(value)
    },
  },
  {
    id: 'TC_074',
    what: 'The charger asks for a certificate: answered honestly, and people are told',
    messages: ['ExtendedTriggerMessage', 'SignCertificate', 'CertificateSigned'],
    async run(cp) {
      await asking(
        'ExtendedTriggerMessage',
        { requestedMessage: 'SignChargePointCertificate' },
        accepted,
        yes,
      )(cp)
      expect(await cp.say('SignCertificate', { csr: 'PEM' })).toEqual(rejected)
      const command = await cp.asked('CertificateSigned', { certificateChain: 'PEM' }, accepted)
      expect(await cp.ended(command)).toMatchObject(yes)
    },
  },
  {
    id: 'TC_075_1',
    what: 'A root for firmware is installed',
    messages: ['InstallCertificate', 'GetInstalledCertificateIds'],
    run: asking(
      'InstallCertificate',
      { certificateType: 'ManufacturerRootCertificate', certificate: 'PEM' },
      accepted,
      yes,
    ),
  },
  {
    id: 'TC_075_2',
    what: 'A root for us is installed, and listed',
    messages: ['InstallCertificate', 'GetInstalledCertificateIds'],
    async run(cp) {
      const certificateType = 'CentralSystemRootCertificate'
      await asking('InstallCertificate', { certificateType, certificate: 'PEM' }, accepted, yes)(cp)
      const certificateHashData = [certificateHash]
      const command = await cp.asked(
        'GetInstalledCertificateIds',
        { certificateType },
        { ...accepted, certificateHashData },
      )
      expect(await cp.ended(command)).toMatchObject(yes)
    },
  },
  {
    id: 'TC_076',
    what: 'A certificate is deleted',
    messages: ['DeleteCertificate'],
    run: (cp) =>
      asking('DeleteCertificate', { certificateHashData: certificateHash }, accepted, yes)(cp),
  },
  {
    id: 'TC_077',
    what: 'A certificate that the charger finds invalid',
    messages: ['SecurityEventNotification'],
    run: securityEvent('InvalidChargePointCertificate'),
  },
  {
    id: 'TC_079',
    what: 'The security log',
    messages: ['GetLog', 'LogStatusNotification'],
    async run(cp) {
      const log = { remoteLocation: 'https://files.example.test/l' }
      await asking(
        'GetLog',
        { logType: 'SecurityLog', requestId: 3, log },
        { ...accepted, filename: 's.log' },
        yes,
      )(cp)
      await telling('LogStatusNotification', ['Uploading', 'Uploaded'], { requestId: 3 })(cp)
    },
  },
  {
    id: 'TC_080',
    what: 'Signed firmware',
    messages: ['SignedUpdateFirmware', 'SignedFirmwareStatusNotification'],
    async run(cp) {
      await asking('SignedUpdateFirmware', signedFirmware, accepted, yes)(cp)
      const words = ['Downloading', 'Downloaded', 'SignatureVerified', 'Installing', 'Installed']
      await telling('SignedFirmwareStatusNotification', words, { requestId: 5 })(cp)
    },
  },
  {
    id: 'TC_081',
    what: 'Firmware whose signature is wrong',
    messages: [
      'SignedUpdateFirmware',
      'SignedFirmwareStatusNotification',
      'SecurityEventNotification',
    ],
    async run(cp) {
      await asking('SignedUpdateFirmware', signedFirmware, accepted, yes)(cp)
      await telling('SignedFirmwareStatusNotification', ['Downloaded', 'InvalidSignature'], {
        requestId: 5,
      })(cp)
      await securityEvent('InvalidFirmwareSignature')(cp)
    },
  },
  {
    id: 'TC_083',
    what: 'The security profile is raised over OCPP, never lowered',
    messages: ['ChangeConfiguration'],
    async run(cp) {
      await asking('ChangeConfiguration', { key: 'SecurityProfile', value: '2' }, accepted, yes)(cp)
      await cp.side.pool.query(`update chargers set security_profile = '2' where id = $1`, [cp.id])
      await expect(
        cp.asked('ChangeConfiguration', { key: 'SecurityProfile', value: '1' }),
      ).rejects.toThrow('downgrade')
      expect(cp.received.filter(({ action }) => action === 'ChangeConfiguration')).toHaveLength(1)
    },
  },
  {
    id: 'TC_085',
    what: 'The right password is let in, a wrong one is not',
    messages: [],
    async run(cp) {
      expect(await boot(cp)).toMatchObject(accepted)
      await expect(cp.connect('wrong-password-of-it')).rejects.toThrow('401')
    },
  },
  {
    id: 'TC_086',
    what: 'TLS with our certificate',
    messages: [],
    cannot:
      'No OCPP message is in it; `ocpp/securityProfile.test.ts` connects over real TLS with profile 2.',
  },
  {
    id: 'TC_087',
    what: 'TLS with the charger’s certificate',
    messages: [],
    cannot:
      'No OCPP message is in it; `ocpp/securityProfile.test.ts` connects with certificates of both sides, ours, foreign and of another name.',
  },
  {
    id: 'TC_088',
    what: 'The subprotocol is agreed on',
    messages: [],
    async run(cp) {
      expect(cp.protocol()).toBe('ocpp1.6')
    },
  },
]

const certificateHash = {
  hashAlgorithm: 'SHA256',
  issuerNameHash: 'aa',
  issuerKeyHash: 'bb',
  serialNumber: '01',
}
