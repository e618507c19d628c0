import { spawnSync } from 'node:child_process'
import { readFileSync, realpathSync } from 'node:fs'
import { createServer } from 'node:net'

import pg from 'pg'

import { superuser } from './cluster'

/**
 * Who answers on a port: our cluster, ours but not yet (or no longer) open, ours by another password, somebody else,
 * or nobody.
 */
export type Answer = 'ours' | 'opening' | 'refused' | 'foreign' | 'nobody'

export function superuserConfig(
  port: number,
  password: string,
  database = 'postgres',
): pg.ClientConfig {
  return {
    host: '127.0.0.1',
    port,
    user: superuser,
    password,
    database,
    application_name: 'cpms supervisor',
    connectionTimeoutMillis: 3_000,
    query_timeout: 10_000,
  }
}

export async function whoAnswers(port: number, password: string, dir: string): Promise<Answer> {
  const client = new pg.Client(superuserConfig(port, password))
  client.on('error', () => {})
  try {
    await client.connect()
    const { rows } = await client.query<{ data_directory: string }>('show data_directory')
    return samePath(rows[0]?.data_directory ?? '', dir) ? 'ours' : 'foreign'
  } catch (error) {
    const code = (error as { code?: string }).code ?? ''
    if (code === 'ECONNREFUSED') return 'nobody'
    if (code === '57P03') return 'opening'
    if (code === '28P01' || code === '28000') return 'refused'
    return 'foreign'
  } finally {
    await client.end().catch(() => {})
  }
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
  return !isZombie(pid)
}

/** The process is a Postgres; its number may have gone to another program after a crash or in a new container. */
export function isPostgres(pid: number): boolean {
  if (!isAlive(pid)) return false
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('postgres')
  } catch {
    const ps = spawnSync('ps', ['-p', String(pid), '-o', 'command='], { encoding: 'utf8' })
    // Where nobody can tell, Postgres decides by its own lock.
    return ps.status === 0 ? ps.stdout.includes('postgres') : true
  }
}

/** It has ended, and nobody has asked how: containers often have no init that would. */
function isZombie(pid: number): boolean {
  try {
    return / Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/\(.*\)/, ''))
  } catch {
    return false
  }
}

/** `wanted` when it is free on this machine's own address, else any free port. */
export async function freePort(wanted = 0): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', (error) => {
      if (wanted === 0) reject(error)
      else resolve(freePort())
    })
    server.listen(wanted, '127.0.0.1', () => {
      const address = server.address()
      const port = typeof address === 'object' && address ? address.port : 0
      server.close(() => resolve(port))
    })
  })
}

function samePath(a: string, b: string): boolean {
  try {
    return realpathSync(a) === realpathSync(b)
  } catch {
    return a === b
  }
}
