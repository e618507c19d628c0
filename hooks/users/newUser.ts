import { randomBytes } from 'node:crypto'
import {
  ValidationError,
  type CollectionAfterChangeHook,
  type CollectionBeforeChangeHook,
  type CollectionBeforeOperationHook,
  type PayloadRequest,
} from 'payload'

import { staffOf } from '../access/whoAsks'
import { badField } from '../problem'
import { defaultWay, issuePasswordLink } from './passwordLink'

type Credentials = 'mail' | 'link' | 'password'
type Wish = { grant: Record<string, unknown> | null; credentials: Credentials }

/**
 * `prepareNewUser`: whoever gives no password wants the new user to set it; nobody knows the one that stands there until
 * then.
 */
export const prepareNewUser: CollectionBeforeOperationHook = ({ args, operation, req }) => {
  const { data } = args as { data?: Record<string, unknown> }
  if (operation !== 'create' || !data || !staffOf(req)) return args
  const isGiven = typeof data['password'] === 'string' && data['password'] !== ''
  data['credentials'] ??= isGiven ? 'password' : defaultWay()
  if (data['credentials'] !== 'password') data['password'] = randomBytes(32).toString('base64url')
  return args
}

/** `takeWish`: what comes with a new user and is no column of it leaves the document before it is written. */
export const takeWish: CollectionBeforeChangeHook = ({ collection, data, operation, req }) => {
  const { grant, credentials, ...user } = data as Record<string, unknown>
  if (operation !== 'create' || !staffOf(req)) return user
  if (credentials !== 'mail' && credentials !== 'link' && credentials !== 'password')
    throw badField(req, collection.slug, 'credentials', 'Choose "mail", "link" or "password".')
  const wish: Wish = { grant: grantOf(grant), credentials }
  req.context['newUser'] = wish
  return user
}

/** `giveAccess`: the access and the way in of a new user, in the transaction that made the user: all of it or nothing. */
export const giveAccess: CollectionAfterChangeHook = async ({
  collection,
  doc,
  operation,
  req,
}) => {
  const wish = req.context['newUser'] as Wish | undefined
  delete req.context['newUser']
  if (operation !== 'create' || !wish) return doc
  const user = doc as { id: number; email: string; name?: string | null }
  if (wish.grant) await give(req, collection.slug, { ...wish.grant, user: user.id })
  if (wish.credentials === 'password') return doc
  const issued = await issuePasswordLink(req, user, wish.credentials, { isNew: true })
  return { ...(doc as object), ...issued }
}

async function give(
  req: PayloadRequest,
  slug: string,
  grant: Record<string, unknown>,
): Promise<void> {
  try {
    await req.payload.create({
      collection: 'grants',
      data: grant as never,
      depth: 0,
      overrideAccess: false,
      user: req.user,
      req,
    })
  } catch (error) {
    if (!(error instanceof ValidationError)) throw error
    const [first] = (error.data as { errors?: { path: string; message: string }[] }).errors ?? []
    throw badField(req, slug, `grant.${first?.path ?? 'role'}`, first?.message ?? error.message)
  }
}

const members = ['role', 'scope', 'regions', 'sites', 'chargers', 'from', 'until', 'note'] as const

/** Without a role there is no access yet. A Super Admin has the whole network, said or not. */
function grantOf(value: unknown): Record<string, unknown> | null {
  if (typeof value !== 'object' || value === null) return null
  const given = value as Record<string, unknown>
  if (!given['role']) return null
  const grant = Object.fromEntries(
    members.flatMap((name) => (given[name] == null ? [] : [[name, given[name]]])),
  )
  return grant['role'] === 'super-admin' ? { ...grant, scope: grant['scope'] ?? 'all' } : grant
}
