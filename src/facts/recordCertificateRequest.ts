import type { Recorder } from '@/db/writer'
import type { CertificateAsked, Outcomes } from '@/domain/facts'
import { announce } from './afterwards'

/**
 * Certificates are signed by the operator's own authority (`OCPP_TLS_CA`), outside of this system: the request is told to
 * people, with the CSR to sign in the log, and the charger is told not to wait (`Rejected`).
 */
export const recordCertificateRequest: Recorder<
  CertificateAsked,
  Outcomes['CertificateAsked']
> = async (tx, facts) => {
  for (const { chargerId, receivedAt } of facts)
    announce(tx, {
      kind: 'charger.security',
      chargerId,
      at: receivedAt,
      body: {
        type: 'CertificateRequested',
        techInfo: 'the charger asks for a certificate; its CSR stands in the OCPP log',
        deviceTime: null,
      },
    })
  return facts.map(() => ({ isTaken: false }))
}
