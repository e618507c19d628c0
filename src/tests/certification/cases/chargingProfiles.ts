/** Limits of power, and what a charger makes of them. */
import { accepted, rejected, asking, yes, no, remoteStart, type Case } from '../case'
import { ago, begin, boot, type Json } from '../chargePoint'

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

export const chargingProfiles: readonly Case[] = [
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
]
