import { chmodSync, copyFileSync, mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const path = (name: string) => fileURLToPath(new URL(`../fixtures/tls/${name}`, import.meta.url))

/** A file of the test's own authority, made once by openssl for a hundred years. */
export const tlsFile = (name: string): string => readFileSync(path(name), 'utf8')

/** Settings for a role with TLS. Git knows no 0600, and a key that everybody can read is refused: so a copy. */
export function tlsSettings(): { OCPP_TLS_CERT: string; OCPP_TLS_KEY: string } {
  const key = join(mkdtempSync(join(tmpdir(), 'cpms-tls-')), 'server.key')
  copyFileSync(path('server.key'), key)
  chmodSync(key, 0o600)
  return { OCPP_TLS_CERT: path('server.pem'), OCPP_TLS_KEY: key }
}
