/**
 * What lies where in the data directory, so that a role started alone finds the running embedded Postgres and the
 * secrets that the supervisor made. Read only; `src/main` makes things.
 */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export type SecretName = 'payload-secret' | 'postgres-password' | 'postgres-superuser'

export const embeddedUser = 'cpms'
export const embeddedDatabase = 'cpms'

export function secretFile(dataDir: string, name: SecretName): string {
  return join(dataDir, 'secrets', name)
}

/** The secret that was made for this data directory, or null. */
export function readSecret(
  dataDir: string,
  name: SecretName,
): { file: string; value: string } | null {
  const file = secretFile(dataDir, name)
  if (!existsSync(file)) return null
  return { file, value: readFileSync(file, 'utf8').trim() }
}

/** Holds the place of the Postgres files when they cannot lie in the data directory itself (root's home is 0700). */
export function postgresLocationFile(dataDir: string): string {
  return join(dataDir, 'postgres-location')
}

export function postgresDir(dataDir: string): string {
  const pointer = postgresLocationFile(dataDir)
  return existsSync(pointer) ? readFileSync(pointer, 'utf8').trim() : join(dataDir, 'postgres')
}

/** The port in `postmaster.pid`, whose lines are pid, directory, start time, port. Null when nobody wrote one. */
export function postmasterOf(dataDir: string): { pid: number; port: number } | null {
  const file = join(postgresDir(dataDir), 'postmaster.pid')
  if (!existsSync(file)) return null
  const lines = readFileSync(file, 'utf8').split('\n')
  const [pid, port] = [Number(lines[0]), Number(lines[3])]
  return pid > 0 && port > 0 ? { pid, port } : null
}

/** Address of the embedded Postgres that was started for this data directory, or null. */
export function embeddedDatabaseUrl(dataDir: string): string | null {
  const postmaster = postmasterOf(dataDir)
  const password = readSecret(dataDir, 'postgres-password')
  if (!postmaster || !password) return null
  return databaseUrlFor(postmaster.port, password.value)
}

export function databaseUrlFor(
  port: number,
  password: string,
  database = embeddedDatabase,
): string {
  return `postgres://${embeddedUser}:${encodeURIComponent(password)}@127.0.0.1:${port}/${database}`
}
