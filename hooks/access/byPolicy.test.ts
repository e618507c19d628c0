import type { Access, PayloadRequest } from 'payload'

import { accessOf, allow, globalAccessOf } from './byPolicy'

/** Nobody: no database is asked for somebody who is not there. */
const nobody = { context: {}, user: null, payload: {} } as unknown as PayloadRequest
const ask = (access: Access | undefined) => access?.({ req: nobody })

test('a collection that nobody wrote a rule for is shut for everyone', async () => {
  const access = accessOf('new-things')
  for (const operation of ['create', 'read', 'update', 'delete', 'readVersions', 'unlock'] as const)
    expect([operation, await ask(access[operation] as Access)]).toEqual([operation, false])
  const global = globalAccessOf('new-settings')
  expect([await ask(global.read), await ask(global.update)]).toEqual([false, false])
})

test.each([undefined, null, {}, 'chargers.nothing'])(
  'a resource or action that is %j is denied',
  async (odd) => {
    expect(await ask(allow(odd as never, 'read'))).toBe(false)
    expect(await ask(allow('chargers', odd as never))).toBe(false)
  },
)

test('a login of another collection is no staff', async () => {
  const driver = {
    ...nobody,
    context: {},
    user: { id: 1, collection: 'drivers' },
  } as unknown as PayloadRequest
  expect(await accessOf('chargers').read?.({ req: driver })).toBe(false)
  expect(await accessOf('charger-states').read?.({ req: driver })).toBe(false)
})
