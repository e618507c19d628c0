/**
 * Certificates for chargers (security profile 3): a charger makes its key and asks (SignCertificate), a small authority
 * of ours signs, the certificate goes back as a command (CertificateSigned). Private keys of chargers never leave them;
 * the authority's lies in the data directory, 0600.
 */
import { createPrivateKey } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { requestCommand } from '@/commands/request'
import { identityOf, keepCertificate } from '@/db/queries/chargerCertificates'
import type { Pool } from '@/db/pool'
import { withTransaction } from '@/db/tx'
import type { CertificateAsked, Fact } from '@/domain/facts'
import { makeAuthority, readRequest, signCharger, type Authority } from '@/platform/x509'

import { isSameIdentity } from './basicAuth'

/** A charger in the field asks for the next one by itself, or when it is told to (ExtendedTriggerMessage). */
const validDays = 730

/** `createAuthority`: read from `charger-authority` in the data directory when it is first needed, and made there once. */
export function createAuthority(dataDir: string, now: () => Date): () => Authority {
  let known: Authority | undefined
  return () => (known ??= load(join(dataDir, 'charger-authority'), now()))
}

function load(folder: string, now: Date): Authority {
  if (!existsSync(folder)) make(folder, now)
  return {
    certificate: readFileSync(join(folder, 'root.pem'), 'utf8'),
    key: createPrivateKey(readFileSync(join(folder, 'key.pem'), 'utf8')),
  }
}

/** Key and certificate appear together, whoever is killed half-way; of two who make them at once the first one's stay. */
function make(folder: string, now: Date): void {
  const { certificate, key } = makeAuthority('CPMS chargers', now)
  const half = `${folder}.${process.pid}`
  rmSync(half, { recursive: true, force: true })
  mkdirSync(half, { recursive: true, mode: 0o700 })
  writeFileSync(join(half, 'key.pem'), key.export({ format: 'pem', type: 'pkcs8' }), {
    mode: 0o600,
  })
  writeFileSync(join(half, 'root.pem'), certificate, { mode: 0o644 })
  try {
    renameSync(half, folder)
  } catch (error) {
    rmSync(half, { recursive: true, force: true })
    if (!existsSync(folder)) throw error
  }
}

export function createCertificates(context: {
  pool: Pool
  authority: () => Authority
  now: () => Date
  onTrouble(message: string, error: unknown): void
}): { onFact(fact: Fact, outcome: unknown): void } {
  const { pool, authority, now, onTrouble } = context

  async function answer({ chargerId, csr, receivedAt }: CertificateAsked): Promise<void> {
    const request = readRequest(csr)
    await withTransaction(pool, async (sql) => {
      const identity = await identityOf(sql, chargerId)
      const refuse = (reason: string) =>
        keepCertificate(sql, {
          chargerId,
          csr,
          at: receivedAt,
          commandId: null,
          outcome: { state: 'refused', reason },
        })
      if (!request || identity === null)
        return refuse('what it sent is no certificate request that is signed with its own key')
      if (!isSameIdentity(request.commonName, identity))
        return refuse(`it asks in the name of ${request.commonName.slice(0, 60)}, not in its own`)
      const validity = { now: now(), days: validDays }
      // in its canonical spelling, whatever case it wrote
      const signed = signCharger(authority(), { ...request, commonName: identity }, validity)
      const sent = await requestCommand(sql, {
        asker: { kind: 'rule' },
        source: 'rule',
        actor: { name: 'Charger authority', role: null, ip: null, requestId: null },
        charger: chargerId,
        action: 'CertificateSigned',
        payload: { certificateChain: `${signed.pem}${authority().certificate}` },
        now: now(),
      })
      await keepCertificate(sql, {
        chargerId,
        csr,
        at: receivedAt,
        commandId: sent.kind === 'queued' ? sent.id : null,
        outcome: {
          state: 'signed',
          serial: signed.serial,
          certificate: signed.pem,
          notAfter: signed.notAfter,
        },
      })
    })
  }

  return {
    onFact(fact, outcome) {
      if (fact.kind !== 'CertificateAsked' || !(outcome as { isTaken: boolean }).isTaken) return
      answer(fact).catch((error: unknown) => onTrouble('a certificate could not be signed', error))
    },
  }
}
