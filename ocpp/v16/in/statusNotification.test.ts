import { statusNotification } from './statusNotification'

const receivedAt = new Date('2026-11-24T10:00:05Z')
const context = { chargerId: 7, receivedAt }

test('a status with all there is to say of it', () => {
  expect(
    statusNotification.toFact(
      {
        connectorId: 2,
        status: 'Faulted',
        errorCode: 'OtherError',
        info: 'lid open',
        vendorId: 'com.example',
        vendorErrorCode: '0x17',
        timestamp: '2026-11-24T10:00:00Z',
      },
      context,
    ),
  ).toEqual({
    kind: 'StatusReported',
    chargerId: 7,
    receivedAt,
    connectorId: 2,
    status: 'Faulted',
    errorCode: 'OtherError',
    info: 'lid open',
    vendorId: 'com.example',
    vendorErrorCode: '0x17',
    deviceTime: '2026-11-24T10:00:00Z',
  })
})

test('connector 0 is the charger itself; a status without time and with empty texts is normal', () => {
  expect(
    statusNotification.toFact(
      { connectorId: 0, status: 'Available', errorCode: 'NoError', info: '', vendorErrorCode: '' },
      context,
    ),
  ).toMatchObject({ connectorId: 0, info: null, vendorErrorCode: null, deviceTime: null })
  expect(statusNotification.toReply(null, { now: receivedAt })).toEqual({})
})
