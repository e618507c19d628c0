import { bootNotification } from './bootNotification'

const receivedAt = new Date('2026-11-24T10:00:05Z')
const context = { chargerId: 7, receivedAt }

test('all that a charger tells of itself becomes the fact; empty is untold', () => {
  expect(
    bootNotification.toFact(
      {
        chargePointVendor: 'Alfen',
        chargePointModel: 'NG910',
        chargePointSerialNumber: 'S1',
        firmwareVersion: '4.8.0',
        iccid: '',
        imsi: '   ',
      },
      context,
    ),
  ).toEqual({
    kind: 'ChargerBooted',
    chargerId: 7,
    receivedAt,
    vendor: 'Alfen',
    model: 'NG910',
    chargePointSerialNumber: 'S1',
    chargeBoxSerialNumber: null,
    firmwareVersion: '4.8.0',
    iccid: null,
    imsi: null,
    meterType: null,
    meterSerialNumber: null,
  })
})

test.each(['Accepted', 'Pending', 'Rejected'] as const)(
  '%s comes with our clock, without fractions (QUIRKS 22), and whole seconds',
  (registration) => {
    const now = new Date('2026-11-24T10:00:05.678Z')
    expect(
      bootNotification.toReply({ registration, heartbeatIntervalSeconds: 299.6 }, { now }),
    ).toEqual({ status: registration, currentTime: '2026-11-24T10:00:05Z', interval: 300 })
  },
)
