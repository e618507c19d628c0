import { startApp, type App, type Person } from '@/tests/helpers/app'
import { makeNetwork, type Network } from '@/tests/helpers/network'

import { readPriceGroupMembers } from '@/db/queries/priceGroupMembers'

/** S4: who is in a price group, as far as the one who looks may see them. */
let app: App
let net: Network
let admin: Person
let group: number

beforeAll(async () => {
  app = await startApp()
  net = await makeNetwork(app.pool)
  admin = await app.person('admin', [{ role: 'super-admin' }])
  const make = async (slug: string, body: object) =>
    Number((await app.call('POST', `/api/${slug}?depth=0`, { as: admin, body })).body.doc?.id)
  group = await make('price-groups', { name: 'Staff', pricing: 'free' })
  for (const [name, site] of [
    ['Ann', net.siteA],
    ['Bob', net.siteB],
  ] as const) {
    await make('drivers', { name, email: `${name}@example.test`, site, priceGroup: group })
    await make('fleets', { name: `${name}’s vans`, site, priceGroup: group })
    await make('rfid-cards', { uid: `04AABBCC${site}`, site, priceGroup: group })
  }
  await make('drivers', { name: 'Cid', email: 'cid@example.test', site: net.siteA })
})
afterAll(() => app.close())

const all = { kind: 'all' } as const
const none = { kind: 'none' } as const

test('a price group lists its drivers, fleets and cards, and nobody else', async () => {
  const scopes = { drivers: all, fleets: all, 'rfid-cards': all, cardDetails: all }
  const members = await readPriceGroupMembers(app.pool, group, scopes)
  expect(members.drivers.some.map(({ name }) => name)).toEqual(['Ann', 'Bob'])
  expect(members.fleets.count).toBe(2)
  expect(members['rfid-cards'].some[0]!.name).toBe(`04AABBCC${net.siteA}`)
})

test('members of other sites are not there, and card numbers are masked', async () => {
  const here = { kind: 'some' as const, siteIds: [net.siteA], regionIds: [], chargerIds: [] }
  const scopes = { drivers: here, fleets: none, 'rfid-cards': here, cardDetails: none }
  const members = await readPriceGroupMembers(app.pool, group, scopes)
  expect(members.drivers.some.map(({ name }) => name)).toEqual(['Ann'])
  expect(members.fleets).toEqual({ count: 0, some: [] })
  expect(members['rfid-cards'].some.map(({ name }) => name.slice(0, 4))).toEqual(['••••'])
})

test('a group is begun from one of the offers of the empty list', async () => {
  const response = await app.call('POST', '/api/price-groups?depth=0&name=VIP&pricing=free', {
    as: admin,
    body: {},
  })
  expect(response.body.doc).toMatchObject({ name: 'VIP', pricing: 'free' })
})
