import type { App } from '../helpers/app'
import type { Front } from '../helpers/front'
import { addSession } from '../helpers/statements'
import { send, type Matrix } from './ask'
import { faqs, templates, webhooks } from './doorsOfPlaces'
import { makePeople, type Principal } from './people'
import { create, makeFirmware, makePlace } from './world'

/** Two sites with one of everything, a third that is empty, and everybody who asks. */
export async function makeMatrix(
  app: App,
  front: Front,
): Promise<{ matrix: Matrix; people: Principal[] }> {
  const { pool } = app
  const admin = await app.person('admin', [{ role: 'super-admin' }])
  await app.call('POST', '/api/globals/settings', {
    as: admin,
    body: { appSelfRegistration: true, billingEnabled: true },
  })
  const a = await makePlace(app, admin, 'A')
  const b = await makePlace(app, admin, 'B')
  const a2 = { ...a, site: await create(app, admin, 'sites', { name: 'Site A2' }) }
  await app.call('POST', `/api/drivers/${a.driver}/wallet`, {
    as: admin,
    body: { key: 'matrix-first', kind: 'top-up', amountMinor: 100_000, reason: 'To charge with.' },
  })
  const people = await makePeople(app, admin, { a, a2, b })

  const charger = await create(app, admin, 'chargers', {
    name: 'Closed',
    identity: 'CLOSED-1',
    site: a.site,
    visibility: 'private',
    approvedDrivers: [a.driver],
  })
  await pool.query(
    `update charger_states set status = 'Available', connected = true, registration_status = 'Accepted', last_seen_at = now()
      where id = (select state_id from chargers where id = $1)`,
    [charger],
  )
  const connector = await create(app, admin, 'connectors', { charger, connectorId: 1 })
  await pool.query(
    `update connector_states set status = 'Available', error_code = 'NoError', status_since = now()
      where id = (select state_id from connectors where id = $1)`,
    [connector],
  )
  const { rows } = await pool.query<{ evse: string }>(
    'select public_id evse from connectors where id = $1',
    [connector],
  )
  const session = async (status: 'charging' | 'ended') => {
    const id = await addSession(pool, {
      siteId: a.site,
      chargerId: a.charger,
      startedAt: new Date(Date.now() - 42 * 60_000),
      energyWh: 1000,
      costMinor: null,
      status,
    })
    const made = await pool.query<{ publicId: string; transaction: number }>(
      `update sessions set driver_id = $2, connector_id = $3, public_id = md5(id::text), updated_at = now(),
              stopped_at = case when $4 then null else now() end
        where id = $1 returning public_id as "publicId", transaction_id::int as transaction`,
      [id, a.driver, a.connector, status === 'charging'],
    )
    return made.rows[0]!
  }
  const ended = await session('ended')
  const running = await session('charging')
  // its plug is the last at another socket, so that both can be asked for
  await pool.query('update sessions set connector_number = 2 where public_id = $1', [
    running.publicId,
  ])

  await create(app, admin, 'configuration-templates', templates.fresh({} as Matrix, 0, people[0]!))
  await create(app, admin, 'faqs', faqs.fresh({} as Matrix, 0, people[0]!))
  await create(app, admin, 'webhooks', webhooks.fresh({} as Matrix, 0, people[0]!))
  let n = 0
  const matrix: Matrix = {
    app,
    front,
    admin,
    a,
    a2,
    b,
    closed: { charger, evse: rows[0]!.evse },
    running,
    ended,
    ownSchedule: 0,
    image: await makeFirmware(pool),
    leaks: [],
    next: () => ++n,
  }
  const owner = people.find(({ name }) => name === 'SO-own')!
  const made = await send(matrix, owner, {
    method: 'POST',
    path: '/api/report-schedules?depth=0',
    body: {
      name: 'Mine',
      kind: 'statement',
      covers: 'site',
      site: a.site,
      frequency: 'monthly',
      hour: 6,
      formats: ['pdf'],
      recipients: [owner.email],
    },
  })
  matrix.ownSchedule = Number(made.body.doc?.id)
  return { matrix, people }
}
