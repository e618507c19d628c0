import {
  commitTransaction,
  createLocalReq,
  initTransaction,
  killTransaction,
  type Payload,
} from 'payload'

import { legiblePassword } from '@/platform/ids'

export type FirstAdmin = {
  email: string
  /** Null when it came from the environment: then nobody needs to be told. */
  oneTimePassword: string | null
}

const defaultEmail = 'admin@cpms.local'

/**
 * A Super Admin exists. When nobody was one, the login is made (or, where it exists, kept as it is) and given the
 * whole network, in one transaction. Answers null when there was nothing to do.
 */
export async function ensureFirstAdmin(
  payload: Payload,
  given: { email: string | null; password: string | null },
): Promise<FirstAdmin | null> {
  const admins = await payload.count({
    collection: 'grants',
    where: { role: { equals: 'super-admin' } },
  })
  if (admins.totalDocs > 0) return null

  const email = (given.email ?? defaultEmail).toLowerCase()
  const password = given.password ?? legiblePassword()
  const req = await createLocalReq({}, payload)
  await initTransaction(req)
  try {
    const found = await payload.find({
      collection: 'users',
      where: { email: { equals: email } },
      depth: 0,
      limit: 1,
      req,
    })
    const known = found.docs[0]
    const user =
      known ??
      (await payload.create({
        collection: 'users',
        data: { email, password, name: 'Super Admin' },
        req,
      }))
    await payload.create({
      collection: 'grants',
      data: {
        user: user.id,
        role: 'super-admin',
        scope: 'all',
        note: 'The first Super Admin of this installation',
      },
      req,
    })
    await commitTransaction(req)
    return { email, oneTimePassword: known || given.password ? null : password }
  } catch (error) {
    await killTransaction(req)
    throw error
  }
}
