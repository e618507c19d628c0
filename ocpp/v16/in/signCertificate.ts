import type { SignCertificateRequest } from 'typed-ocpp/dist/ocpp16/types.js'

import type { CertificateAsked } from '@/domain/facts'

import type { InboundMessage } from '../../version'

/** OCPP 1.6 security extension ed2 §5.16. */
export const signCertificate: InboundMessage<SignCertificateRequest, CertificateAsked> = {
  action: 'SignCertificate',
  toFact: (request, context) => ({
    kind: 'CertificateAsked',
    chargerId: context.chargerId,
    receivedAt: context.receivedAt,
    csr: request.csr,
  }),
  toReply: ({ isTaken }) => ({ status: isTaken ? 'Accepted' : 'Rejected' }),
}
