import { randomUUID } from 'node:crypto'

import { hashToken, newToken } from '@/platform/tokens'
import type { Pool } from '@/db/pool'
import type { Role } from '@/domain/policy'

import type { App, GrantFields, Person } from '../helpers/app'
import type { Place } from './world'

/** Who asks. `at`: where the person's grants reach, seen from what every cell asks for, which is of site A. */
export type Principal = {
  name: string
  /** The column of the policy table; null where a credential opens nothing at all. */
  role: Role | null
  at: 'here' | 'elsewhere' | null
  /** What is sent with every request. */
  headers: Record<string, string>
  /** The row of `users` or `drivers`. */
  id: number
  email: string
  kind: 'staff' | 'driver' | 'nobody'
}

type Places = { a: Place; a2: Place; b: Place }

/** `makePeople`: the fourteen of SECURITY.md §2.7, each with a credential that is real. */
export async function makePeople(
  app: App,
  admin: Person,
  { a, a2, b }: Places,
): Promise<Principal[]> {
  const here = { scope: 'sites' as const, sites: [a.site, a2.site] }
  const elsewhere = { scope: 'sites' as const, sites: [b.site] }
  const staff = async (
    name: string,
    role: Role | null,
    at: Principal['at'],
    grant: GrantFields,
  ): Promise<Principal> => signedIn(name, role, at, await app.person(name, [grant]))

  const people = [
    await staff('SA', 'super-admin', 'here', { role: 'super-admin' }),
    await staff('OP-in', 'operator', 'here', { role: 'operator', ...here }),
    await staff('OP-out', 'operator', 'elsewhere', { role: 'operator', ...elsewhere }),
    await staff('TE-in', 'technician', 'here', { role: 'technician', ...here }),
    await staff('TE-out', 'technician', 'elsewhere', { role: 'technician', ...elsewhere }),
    await staff('SO-own', 'site-owner', 'here', { role: 'site-owner', ...here }),
    await staff('SO-other', 'site-owner', 'elsewhere', { role: 'site-owner', ...elsewhere }),
    await driver(app.pool, 'DR-own', 'driver', 'here', a.driver),
    await driver(app.pool, 'DR-other', 'driver', 'elsewhere', b.driver),
    nobody('AN', 'anonymous', {}),
  ]
  const suspended = await app.person('suspended', [{ role: 'super-admin' }])
  await app.call('POST', `/api/users/${suspended.id}/suspend`, {
    as: admin,
    body: { suspended: true },
  })
  people.push(signedIn('suspended', null, null, suspended))

  const gone = await app.person('logged-out', [{ role: 'super-admin' }])
  await app.call('POST', '/api/users/logout', { as: gone, body: {} })
  people.push(signedIn('logged-out', null, null, gone))

  // registered, with a sign-in that nobody should have given him: the address was never confirmed
  const { rows } = await app.pool.query<{ id: number }>(
    `insert into drivers (name, email) values ('Unverified', 'unverified@drivers.test') returning id`,
  )
  await app.pool.query(
    `insert into app.credentials (driver_id, password_hash, email_verified_at) values ($1, 'x', null)`,
    [rows[0]!.id],
  )
  people.push(await driver(app.pool, 'unverified', null, null, rows[0]!.id))

  const basic = Buffer.from(`${a.identity}:${a.chargerPassword}`).toString('base64')
  people.push(nobody('charger', null, { Authorization: `Basic ${basic}` }))
  return people
}

function signedIn(name: string, role: Role | null, at: Principal['at'], person: Person): Principal {
  const { id, email, token } = person
  return { name, role, at, id, email, kind: 'staff', headers: { Authorization: `JWT ${token}` } }
}

async function driver(
  pool: Pool,
  name: string,
  role: Role | null,
  at: Principal['at'],
  id: number,
): Promise<Principal> {
  const { rows } = await pool.query<{ email: string }>('select email from drivers where id = $1', [
    id,
  ])
  const token = await signInDriver(pool, id)
  const headers = { Authorization: `Bearer ${token}` }
  return { name, role, at, id, email: rows[0]!.email, kind: 'driver', headers }
}

const nobody = (name: string, role: Role | null, headers: Record<string, string>): Principal => ({
  name,
  role,
  at: null,
  id: 0,
  email: '',
  kind: 'nobody',
  headers,
})

/** A sign-in as the app's login makes it, with its token. */
export async function signInDriver(pool: Pool, driverId: number): Promise<string> {
  const { token, hash } = newToken()
  await pool.query(
    `insert into app.sign_ins (driver_id, access_hash, access_until, refresh_hash, refresh_until)
     values ($1, $2, now() + interval '1 hour', $3, now() + interval '1 day')`,
    [driverId, hash, hashToken(randomUUID())],
  )
  return token
}
