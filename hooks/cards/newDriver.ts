import {
  ValidationError,
  type CollectionBeforeChangeHook,
  type CollectionBeforeOperationHook,
  type PayloadRequest,
} from 'payload'

import { badField } from '../problem'

type NewDriver = { name?: unknown; email?: unknown; phone?: unknown }

/** `noticeNewDriver`: whoever sends `newDriver` over REST need not say as well that he means it. */
export const noticeNewDriver: CollectionBeforeOperationHook = ({ args, operation }) => {
  const { data } = args as { data?: Record<string, unknown> }
  if (operation === 'create' && data && isGiven(data['newDriver']) && data['holder'] === undefined)
    data['holder'] = 'new'
  return args
}

/**
 * `createDriver`: a card may bring its new driver along (M4). Both are made in one transaction, the driver with the
 * rights of the caller and at the site that manages the card.
 */
export const createDriver: CollectionBeforeChangeHook = async ({
  collection,
  data,
  operation,
  req,
}) => {
  const { newDriver, holder, ...card } = data as Record<string, unknown>
  if (operation !== 'create' || holder !== 'new') return card
  if (!isGiven(newDriver))
    throw badField(
      req,
      collection.slug,
      'newDriver.name',
      'Give the new user a name and an e-mail.',
    )
  const driver = await made(req, collection.slug, newDriver, card['site'])
  return { ...card, driver: driver.id }
}

async function made(
  req: PayloadRequest,
  slug: string,
  { name, email, phone }: NewDriver,
  site: unknown,
): Promise<{ id: number }> {
  try {
    return await req.payload.create({
      collection: 'drivers',
      data: {
        name: name as string,
        email: email as string,
        phone: phone as string | undefined,
        site: site as number | undefined,
        status: 'active',
      },
      depth: 0,
      overrideAccess: false,
      user: req.user,
      req,
    })
  } catch (error) {
    if (!(error instanceof ValidationError)) throw error
    const [first] = (error.data as { errors?: { path: string; message: string }[] }).errors ?? []
    const isTaken = first?.path === 'email' && /unique/i.test(first.message)
    throw badField(
      req,
      slug,
      first?.path === 'site' ? 'site' : `newDriver.${first?.path ?? 'name'}`,
      isTaken
        ? 'There is a user with this e-mail address already: choose "An existing user".'
        : (first?.message ?? 'The new user could not be created.'),
    )
  }
}

function isGiven(value: unknown): value is NewDriver {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  return Object.values(value).some((one) => one !== undefined && one !== null && one !== '')
}
