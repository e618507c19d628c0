import { signCertificate } from './signCertificate'

test('a request for a certificate is a fact with its CSR; what is not signed is not waited for', () => {
  const context = { chargerId: 7, receivedAt: new Date(0) }
  expect(signCertificate.toFact({ csr: 'PEM' }, context)).toEqual({
    kind: 'CertificateAsked',
    ...context,
    csr: 'PEM',
  })
  expect(signCertificate.toReply({ isTaken: false }, { now: new Date(0) })).toEqual({
    status: 'Rejected',
  })
  expect(signCertificate.toReply({ isTaken: true }, { now: new Date(0) })).toEqual({
    status: 'Accepted',
  })
})
