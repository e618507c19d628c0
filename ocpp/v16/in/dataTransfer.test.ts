import { dataTransfer } from './dataTransfer'

const receivedAt = new Date('2026-11-24T10:00:05Z')
const context = { chargerId: 7, receivedAt }

test('a message of a vendor is kept as it is, an empty text of data too', () => {
  expect(
    dataTransfer.toFact({ vendorId: 'com.example', messageId: 'm', data: '{"a":1}' }, context),
  ).toEqual({
    kind: 'VendorMessageReceived',
    chargerId: 7,
    receivedAt,
    vendorId: 'com.example',
    messageId: 'm',
    data: '{"a":1}',
  })
  expect(dataTransfer.toFact({ vendorId: 'v', messageId: '', data: '' }, context)).toMatchObject({
    messageId: null,
    data: '',
  })
  expect(dataTransfer.toReply({ status: 'UnknownVendorId' }, { now: receivedAt })).toEqual({
    status: 'UnknownVendorId',
  })
})
