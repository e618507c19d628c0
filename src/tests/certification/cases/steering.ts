/** What is asked of a charger: restarts, locks, settings, messages, its card cache, vendors’ data. */
import { accepted, rejected, asking, yes, no, type Case } from '../case'
import { ago, begin, boot, end, type ChargePoint } from '../chargePoint'

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

export const steering: readonly Case[] = [
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
]
