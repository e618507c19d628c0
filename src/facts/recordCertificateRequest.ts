import type { Recorder } from '@/db/writer'
import type { CertificateAsked, Outcomes } from '@/domain/facts'
import { announce } from './afterwards'

/**
 * What looks like a request is taken: it is signed or refused afterwards, by whoever holds the authority's key
 * (`ocpp/certificates`). Either stands in the charger's event log.
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
        techInfo: 'the charger asks for a certificate of its own',
        deviceTime: null,
      },
    })
  return facts.map(({ csr }) => ({ isTaken: csr.includes('CERTIFICATE REQUEST-----') }))
}
