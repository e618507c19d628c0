import { commandActions, validateCommandPayload } from './index'

describe('validateCommandPayload', () => {
  it('lets a payload of the standard pass', () => {
    expect(validateCommandPayload('Reset', { type: 'Hard' })).toBeNull()
    expect(validateCommandPayload('ClearCache', {})).toBeNull()
    expect(validateCommandPayload('GetConfiguration', { key: ['HeartbeatInterval'] })).toBeNull()
    expect(
      validateCommandPayload('UpdateFirmware', {
        location: 'ftp://user:secret@files.example/fw.bin',
        retrieveDate: '2026-11-24T10:00:00Z',
      }),
    ).toBeNull()
  })

  it.each([
    ['Reset', {}, 'type', 'type is missing'],
    ['Reset', { type: 'Gentle' }, 'type', 'type has a value that the standard does not list'],
    ['UnlockConnector', { connectorId: '1' }, 'connectorId', 'connectorId must be a whole number'],
    ['UnlockConnector', { connectorId: 1.5 }, 'connectorId', 'connectorId must be a whole number'],
    ['ClearCache', { now: true }, 'now', 'now is not a member of this message'],
    ['ClearCache', null, 'payload', 'payload must be an object'],
    ['ClearCache', [], 'payload', 'payload must be an object'],
    [
      'RemoteStartTransaction',
      { idTag: 'x'.repeat(21) },
      'idTag',
      'idTag is longer than 20 characters',
    ],
    ['GetConfiguration', { key: [1] }, 'key[0]', 'key[0] must be a text'],
    [
      'ReserveNow',
      { connectorId: 1, expiryDate: 'tomorrow', idTag: 'A', reservationId: 1 },
      'expiryDate',
      'expiryDate is not a date and time with a zone',
    ],
    ['GetDiagnostics', { location: 'here' }, 'location', 'location is not a URI'],
    ['FlyAway', {}, 'action', 'action is not a call of OCPP 1.6'],
    ['__proto__', {}, 'action', 'action is not a call of OCPP 1.6'],
  ])('%s %j: names the member at fault', (action, payload, member, text) => {
    expect(validateCommandPayload(action, payload)).toEqual({ member, text })
  })

  it('takes a limit with one decimal and refuses one with two', () => {
    const profile = (limit: number) => ({
      connectorId: 1,
      csChargingProfiles: {
        chargingProfileId: 1,
        stackLevel: 0,
        chargingProfilePurpose: 'TxDefaultProfile',
        chargingProfileKind: 'Absolute',
        chargingSchedule: {
          chargingRateUnit: 'A',
          chargingSchedulePeriod: [{ startPeriod: 0, limit }],
        },
      },
    })
    expect(validateCommandPayload('SetChargingProfile', profile(16.1))).toBeNull()
    expect(validateCommandPayload('SetChargingProfile', profile(16.15))?.text).toBe(
      'csChargingProfiles.chargingSchedule.chargingSchedulePeriod[0].limit must be a multiple of 0.1',
    )
  })

  it('knows the 26 calls of the standard and its security extension', () => {
    expect(commandActions.size).toBe(26)
    expect(commandActions.has('Heartbeat')).toBe(false)
  })
})
