/** Charges: begun by a card, by the plug or from afar, and ended. */
import { accepted, rejected, asking, no, remoteStart, booting, type Case } from '../case'
import { ago, begin, boot, card, end, status, type ChargePoint } from '../chargePoint'

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

const session = [
  'Authorize',
  'StartTransaction',
  'MeterValues',
  'StopTransaction',
  'StatusNotification',
]

export const charges: readonly Case[] = [
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
]
