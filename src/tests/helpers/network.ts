/** A small network by SQL, for tests that need chargers and people but no Payload: two sites in two regions. */
import { createHmac, randomUUID } from 'node:crypto'

import type { Pool } from '@/db/pool'
import { tokenKey } from '@/live/token'

export type Network = {
  siteA: number
  siteB: number
  chargerA: number
  chargerB: number
}

export async function makeNetwork(pool: Pool): Promise<Network> {
  const region = async (name: string) =>
    one(pool, 'insert into regions (name) values ($1) returning id', [name])
  const site = async (name: string) =>
    one(
      pool,
      `insert into sites (name, timezone, region_id) values ($1, 'Europe/London', $2) returning id`,
      [name, await region(`Region of ${name}`)],
    )
  const siteA = await site('Site A')
  const siteB = await site('Site B')
  const chargerA = await makeCharger(pool, siteA, 'KP-A')
  const chargerB = await makeCharger(pool, siteB, 'KP-B')
  return { siteA, siteB, chargerA, chargerB }
}

/** A charger with its twin and `connectors` connectors that say Available. */
export async function makeCharger(
  pool: Pool,
  siteId: number,
  identity: string,
  connectors = 1,
): Promise<number> {
  const state = await one(
    pool,
    `insert into charger_states (status, connected, last_seen_at) values ('Available', true, now()) returning id`,
  )
  const charger = await one(
    pool,
    'insert into chargers (state_id, name, identity, site_id) values ($1, $2, $2, $3) returning id',
    [state, identity, siteId],
  )
  for (let number = 1; number <= connectors; number++) {
    const connectorState = await one(
      pool,
      `insert into connector_states (status, error_code, status_since) values ('Available', 'NoError', now()) returning id`,
    )
    await pool.query(
      'insert into connectors (charger_id, connector_id, state_id) values ($1, $2, $3)',
      [charger, number, connectorState],
    )
  }
  return charger
}

export type SignedIn = { userId: number; sessionId: string; token: string }

/** Somebody with one grant, signed in as Payload would have it. */
export async function makePerson(
  pool: Pool,
  secret: string,
  grant: { role: string; sites?: number[]; regions?: number[]; chargers?: number[] } | null,
): Promise<SignedIn> {
  const userId = await one(pool, 'insert into users (name, email) values ($1, $2) returning id', [
    'Person',
    `${randomUUID()}@example.com`,
  ])
  const sessionId = randomUUID()
  await pool.query(
    `insert into users_sessions (_order, _parent_id, id, created_at, expires_at) values (1, $1, $2, now(), now() + interval '1 hour')`,
    [userId, sessionId],
  )
  if (grant) await giveGrant(pool, userId, grant)
  return { userId, sessionId, token: signToken(secret, { userId, sessionId }) }
}

export async function giveGrant(
  pool: Pool,
  userId: number,
  grant: { role: string; sites?: number[]; regions?: number[]; chargers?: number[] },
): Promise<number> {
  const { role, ...lists } = grant
  const named = Object.entries(lists)[0]
  const id = await one(
    pool,
    `insert into grants (user_id, role, scope) values ($1, $2::enum_grants_role, $3::enum_grants_scope) returning id`,
    [userId, role, named?.[0] ?? 'all'],
  )
  for (const [path, ids] of Object.entries(lists)) {
    const column = { sites: 'sites_id', regions: 'regions_id', chargers: 'chargers_id' }[path]
    for (const other of ids)
      await pool.query(`insert into grants_rels (parent_id, path, ${column}) values ($1, $2, $3)`, [
        id,
        path,
        other,
      ])
  }
  return id
}

export function signToken(
  secret: string,
  login: { userId: number; sessionId: string },
  expiresInSeconds = 3600,
): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const claims = {
    id: login.userId,
    collection: 'users',
    email: 'person@example.com',
    sid: login.sessionId,
    exp: Math.floor(Date.now() / 1000) + expiresInSeconds,
  }
  const text = `${part({ alg: 'HS256' })}.${part(claims)}`
  return `${text}.${createHmac('sha256', tokenKey(secret)).update(text).digest('base64url')}`
}

async function one(pool: Pool, text: string, values: unknown[] = []): Promise<number> {
  const { rows } = await pool.query<{ id: number }>(text, values)
  const id = rows[0]?.id
  if (id === undefined) throw new Error(`no row from: ${text}`)
  return id
}
