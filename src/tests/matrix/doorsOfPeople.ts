import { hashPassword } from '@/api/passwords'

import { password } from '../helpers/app'
import {
  all,
  judged,
  judgedGraphql,
  rest,
  send,
  sendGraphql,
  type Ask,
  type Doors,
  type Matrix,
} from './ask'
import { creates, deletes, reads, updates, type Crud } from './crud'
import { signInDriver, type Principal } from './people'
import { one } from './world'

const driverPassword = 'drives electric every day'

const users: Crud = {
  fresh: (_m, n) => ({
    name: `New ${n}`,
    email: `new-${n}@example.test`,
    credentials: 'password',
    password,
  }),
  change: { phone: '+44 1' },
  target: (m) => m.a.staff.id,
  // by SQL: a password costs a fifth of a second to hash
  row: (m) =>
    one(m.app.pool, 'insert into users (name, email) values ($1, $2) returning id', [
      'Spare',
      `spare-${m.next()}@example.test`,
    ]),
}
const grants: Crud = {
  fresh: (m) => ({ user: m.a.staff.id, role: 'technician', scope: 'sites', sites: [m.a.site] }),
  change: { note: 'x' },
  target: (m) => m.a.grant,
}
const drivers: Crud = {
  fresh: (m, n) => ({
    name: `D ${n}`,
    email: `d-${n}@drivers.test`,
    status: 'active',
    site: m.a.site,
  }),
  change: { note: 'x' },
  target: (m) => m.a.driver,
}
const fleets: Crud = {
  fresh: (m, n) => ({ name: `F ${n}`, site: m.a.site }),
  change: { note: 'x' },
  target: (m) => m.a.fleet,
}
const vehicles: Crud = {
  fresh: (m, n) => ({ registration: `V${n}`, site: m.a.site }),
  change: { note: 'x' },
  target: (m) => m.a.vehicle,
}
const budgets: Crud = {
  fresh: (m, n) => ({
    name: `B ${n}`,
    driver: m.a.driver,
    period: 'month',
    measure: 'energy',
    limitWh: 1000,
    whenSpent: 'warn',
    site: m.a.site,
  }),
  change: { note: 'x' },
  target: (m) => m.a.budget,
}
const cards: Crud = {
  // as the form sends it; it is looked at only where the holder is new
  inGraphql: { holder: 'existing', newDriver: { name: 'x', email: 'x@example.test' } },
  fresh: (m, n) => ({ uid: `04${String(n).padStart(10, '0')}`, status: 'active', site: m.a.site }),
  change: { label: 'x' },
  target: (m) => m.a.card,
}

const ofStaff = (path: string, body?: unknown): Ask =>
  rest(
    'POST',
    (m) => `/api/users/${m.a.staff.id}/${path}`,
    () => body ?? {},
  )

/** Who nobody is has no row: then somebody else's is asked for. */
const self = (m: Matrix, who: Principal) => (who.kind === 'staff' ? who.id : m.a.staff.id)

/** From the old one to the same: what is asked is whether one may. */
const newPassword = rest(
  'POST',
  () => '/api/users/change-password',
  () => ({ password, newPassword: password }),
)

/** What one would send to be more than one is; done where anything of it came true. */
const elevate: Ask = async (m, who) => {
  const state = async () =>
    JSON.stringify(
      (
        await m.app.pool.query(
          `select (select json_agg(g order by id) from grants g where user_id = $1) g,
                  (select json_agg(s) from telemetry.suspensions s where user_id = $1) s,
                  (select array_agg(id order by id) from users_sessions where _parent_id = $1) l,
                  (select email from users where id = $1) e`,
          [self(m, who)],
        )
      ).rows,
    )
  const before = await state()
  const me = self(m, who)
  const wish = {
    role: 'super-admin',
    roles: ['super-admin'],
    sites: [m.b.site],
    grant: { role: 'super-admin', scope: 'all' },
    status: 'active',
    _verified: true,
    sessions: [],
    lockUntil: null,
    loginAttempts: 0,
  }
  const answers = [
    await send(m, who, { method: 'PATCH', path: `/api/users/${me}`, body: wish }),
    await send(m, who, {
      method: 'POST',
      path: `/api/users/${me}/suspend`,
      body: { suspended: true },
    }),
  ]
  if (who.role !== 'super-admin')
    answers.push(
      await send(m, who, {
        method: 'POST',
        path: '/api/grants',
        body: { user: me, role: 'super-admin', scope: 'all' },
      }),
    )
  const note = answers.map(({ status }) => status).join()
  return { is: (await state()) === before ? 'refused' : 'done', note }
}

const elevateGraphql: Ask = async (m, who) => {
  const query = `mutation { updateUser(id: ${self(m, who)}, data: { role: "super-admin" }) { id } }`
  const answer = await sendGraphql(m, who, query)
  return { is: /not defined by type/.test(answer.text) ? 'refused' : 'odd', note: answer.text }
}

/** Erased is a driver made for it: whoever erases himself has nothing left to ask with. */
const erase: Ask = async (m, who, isExpected) => {
  const body = { password: driverPassword }
  if (!isExpected) {
    const path = who.kind === 'driver' && who.role ? `/drivers/${m.a.driver}` : '/me'
    return judged(await send(m, who, { method: 'DELETE', path: `/api/app/v1${path}`, body }))
  }
  const id = await one(
    m.app.pool,
    'insert into drivers (name, email) values ($1, $2) returning id',
    ['Leaver', `leaver-${m.next()}@drivers.test`],
  )
  await m.app.pool.query(
    'insert into app.credentials (driver_id, password_hash, email_verified_at) values ($1, $2, now())',
    [id, await hashPassword(driverPassword)],
  )
  const token = await signInDriver(m.app.pool, id)
  const leaver = { ...who, headers: { Authorization: `Bearer ${token}` } }
  return judged(await send(m, leaver, { method: 'DELETE', path: '/api/app/v1/me', body }))
}

/** `GET /me` is done where it says who one is, and refused where it says "nobody". */
const whoAmI: Ask = async (m, who) => {
  const answer = await send(m, who, { method: 'GET', path: '/api/users/me' })
  const user = answer.body['user'] as { id?: number } | null
  if (answer.status === 200 && !user) return { is: 'refused', note: 'nobody' }
  return user?.id === who.id ? judged(answer) : { is: 'odd', note: answer.text }
}
const whoAmIGraphql: Ask = async (m, who) => {
  const answer = await sendGraphql(m, who, '{ meUser { user { id } } }')
  const me = (answer.body['data'] as { meUser?: { user?: { id: number } | null } } | null)?.meUser
  if (me?.user) return { is: me.user.id === who.id ? 'done' : 'odd', note: answer.text }
  return { is: 'refused', note: answer.text }
}

/** A driver's own record and nobody else's: done where it is that of site A. */
const ownRecord: Ask = async (m, who) => {
  const answer = await send(m, who, { method: 'GET', path: '/api/app/v1/me' })
  if (answer.status !== 200) return judged(answer)
  const { rows } = await m.app.pool.query('select email from drivers where id = $1', [m.a.driver])
  const isTheirs = answer.text.includes(String((rows[0] as { email: string }).email))
  return { is: isTheirs ? 'done' : 'refused', note: answer.text }
}

const preferencesOf = async (m: Matrix, who: Principal): Promise<number> => {
  const id = who.kind === 'staff' && who.role ? who.id : m.admin.id
  const { rows } = await m.app.pool.query<{ id: number }>(
    `select p.id from payload_preferences p join payload_preferences_rels r on r.parent_id = p.id where r.users_id = $1 limit 1`,
    [id],
  )
  if (rows[0]) return rows[0].id
  const made = await one(
    m.app.pool,
    `insert into payload_preferences (key, value) values ($1, '{}') returning id`,
    [`made-${m.next()}`],
  )
  await m.app.pool.query(
    `insert into payload_preferences_rels ("order", parent_id, path, users_id) values (null, $1, 'user', $2)`,
    [made, id],
  )
  return made
}
const ownPreferences: Ask = async (m, who) => {
  const id = await preferencesOf(m, who)
  const answer = await send(m, who, { method: 'GET', path: '/api/payload-preferences?depth=0' })
  if (answer.status !== 200) return judged(answer)
  const owners = new Set(
    (answer.body.docs ?? []).map((doc) => (doc['user'] as { value?: unknown }).value),
  )
  const isOwn = (answer.body.docs ?? []).some((doc) => doc.id === id) && owners.size === 1
  return { is: isOwn && owners.has(who.id) ? 'done' : 'odd', note: answer.text.slice(0, 200) }
}

/** By hand, each time with a key of its own: the same key moves nothing twice. */
const wallet = (kind: string) =>
  rest(
    'POST',
    (m) => `/api/drivers/${m.a.driver}/wallet`,
    (m) => ({ key: `matrix-key-${m.next()}`, kind, amountMinor: 1, reason: 'For a test.' }),
  )

export const doorsOfPeople: Record<string, Doors> = {
  'users.read': reads('users'),
  'users.create': creates('users', users),
  'users.update': updates('users', users.target, users.change),
  'users.assign': { staff: all(ofStaff('suspend', { suspended: false })) },
  'users.reset-second-factor': { staff: ofStaff('reset-second-factor') },
  'users.unlock': { staff: ofStaff('unlock') },
  'users.revoke-sessions': { staff: ofStaff('end-logins') },
  'users.delete': deletes('users', users),
  'grants.read': reads('grants'),
  'grants.create': creates('grants', grants),
  'grants.update': updates('grants', grants.target, grants.change),
  'grants.delete': deletes('grants', grants),
  'own-account.read': {
    staff: whoAmI,
    graphql: whoAmIGraphql,
    app: rest('GET', () => '/api/app/v1/me'),
    isPersonal: true,
  },
  'own-account.update': {
    staff: rest(
      'PATCH',
      (m, who) => `/api/users/${self(m, who)}`,
      (_m, who) => ({ name: who.name }),
    ),
    graphql: async (m, who) =>
      judgedGraphql(
        await sendGraphql(
          m,
          who,
          `mutation { updateUser(id: ${self(m, who)}, data: { name: "${who.name}" }) { id } }`,
        ),
        'updateUser',
      ),
    app: rest(
      'PATCH',
      () => '/api/app/v1/me',
      () => ({ phone: '+44 1' }),
    ),
    isPersonal: true,
  },
  'own-account.change-password': { staff: newPassword, isPersonal: true },
  'own-account.enrol-second-factor': {
    staff: rest(
      'POST',
      () => '/api/users/second-factor/begin',
      () => ({ password }),
    ),
    isPersonal: true,
  },
  'own-account.manage-sessions': {
    staff: rest('GET', () => '/api/users/security'),
    // another device of his signs out, not the one that asks
    app: async (m, who) => {
      const headers =
        who.role === 'driver'
          ? { Authorization: `Bearer ${await signInDriver(m.app.pool, who.id)}` }
          : who.headers
      const as = { ...who, headers }
      return judged(await send(m, as, { method: 'POST', path: '/api/app/v1/auth/logout' }))
    },
    isPersonal: true,
  },
  'own-account.elevate': { staff: elevate, graphql: elevateGraphql },
  'drivers.read': { ...reads('drivers'), app: ownRecord },
  'drivers.register': {
    app: async (m, who) =>
      judged(
        await send(m, who, {
          method: 'POST',
          path: '/api/app/v1/auth/register',
          body: {
            name: 'N',
            email: `r-${m.next()}@drivers.test`,
            password: 'long enough to be one',
          },
          open: true,
        }),
      ),
    isPublic: true,
  },
  'drivers.create': creates('drivers', drivers),
  'drivers.update': updates('drivers', drivers.target, drivers.change),
  'drivers.suspend': updates('drivers', drivers.target, { status: 'active' }),
  'drivers.delete': deletes('drivers', drivers),
  'drivers.anonymise': { app: erase },
  'wallets.read': {
    staff: rest('GET', (m) => `/api/drivers/${m.a.driver}/wallet`),
    app: rest('GET', () => '/api/app/v1/me/wallet'),
    isPersonal: true,
  },
  'wallets.top-up': { staff: wallet('top-up') },
  'wallets.refund': { staff: wallet('refund') },
  'wallets.pay-out': { staff: wallet('pay-out') },
  'fleets.read': reads('fleets'),
  'fleets.create': creates('fleets', fleets),
  'fleets.update': updates('fleets', fleets.target, fleets.change),
  'fleets.delete': deletes('fleets', fleets),
  'vehicles.read': reads('vehicles'),
  'vehicles.create': creates('vehicles', vehicles),
  'vehicles.update': updates('vehicles', vehicles.target, vehicles.change),
  'vehicles.delete': deletes('vehicles', vehicles),
  'budgets.read': reads('budgets'),
  'budgets.create': creates('budgets', budgets),
  'budgets.update': updates('budgets', budgets.target, budgets.change),
  'budgets.delete': deletes('budgets', budgets),
  'rfid-cards.read': {
    ...reads('rfid-cards'),
    app: async (m, who) => {
      const answer = await send(m, who, { method: 'GET', path: '/api/app/v1/me/cards' })
      if (answer.status !== 200) return judged(answer)
      const isThere = answer.text.includes(m.a.cardPublicId)
      return { is: isThere ? 'done' : 'refused', note: answer.text }
    },
  },
  'rfid-cards.create': creates('rfid-cards', cards),
  'rfid-cards.update': updates('rfid-cards', cards.target, cards.change, cards.inGraphql),
  'rfid-cards.block': updates('rfid-cards', cards.target, { status: 'active' }, cards.inGraphql),
  'rfid-cards.assign': {
    staff: rest(
      'PATCH',
      (m) => `/api/rfid-cards/${m.a.card}`,
      (m) => ({ driver: m.a.driver }),
    ),
    graphql: (m, who, isExpected) =>
      updates('rfid-cards', cards.target, { driver: m.a.driver }, cards.inGraphql).graphql(
        m,
        who,
        isExpected,
      ),
  },
  'rfid-cards.delete': deletes('rfid-cards', cards),
  'rfid-cards.block-own': {
    app: async (m, who) => {
      const answer = await send(m, who, {
        method: 'POST',
        path: `/api/app/v1/me/cards/${m.a.cardPublicId}/block`,
        body: {},
      })
      await m.app.pool.query(`update rfid_cards set status = 'active' where id = $1`, [m.a.card])
      return judged(answer)
    },
  },
  'preferences.read': {
    staff: ownPreferences,
    graphql: async (m, who) => {
      const id = await preferencesOf(m, who)
      return judgedGraphql(
        await sendGraphql(m, who, `{ PayloadPreference(id: ${id}) { id } }`),
        'PayloadPreference',
      )
    },
    isPersonal: true,
  },
  'preferences.create': {
    staff: rest(
      'POST',
      (m) => `/api/payload-preferences/matrix-${m.next()}`,
      () => ({ value: { a: 1 } }),
    ),
    isPersonal: true,
  },
  'preferences.update': {
    staff: rest(
      'POST',
      () => '/api/payload-preferences/matrix-same',
      () => ({ value: { a: 1 } }),
    ),
    isPersonal: true,
  },
  'preferences.delete': {
    staff: async (m, who) => {
      const key = `matrix-${m.next()}`
      const path = `/api/payload-preferences/${key}`
      await send(m, who, { method: 'POST', path, body: { value: 1 } })
      return judged(await send(m, who, { method: 'DELETE', path }))
    },
    isPersonal: true,
  },
}
