/** Power and line that fail: what was said late counts. */
import { accepted, booting, type Case } from '../case'
import { ago, begin, boot, end, status } from '../chargePoint'

export const offline: readonly Case[] = [
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
]
