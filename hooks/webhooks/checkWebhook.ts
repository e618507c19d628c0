import type { CollectionBeforeValidateHook } from 'payload'

import { env } from '@/platform/env'
import { demandWebAddress } from '@/platform/publicAddress'
import { badField } from '../problem'

/**
 * `checkWebhook`: an address on the web, without a name and password in it. Where it leads is looked at again when
 * something is sent (SEC-36): a name can point elsewhere tomorrow.
 */
export const checkWebhook: CollectionBeforeValidateHook = ({ collection, data, req }) => {
  if (!data || typeof data['url'] !== 'string') return data
  const text = data['url'].trim()
  const url = URL.canParse(text) ? new URL(text) : null
  if (!url || !['http:', 'https:'].includes(url.protocol) || url.username || url.password)
    throw badField(req, collection.slug, 'url', 'Give an address that begins with https://.')
  try {
    demandWebAddress(text, env().areWebhooksPrivate)
  } catch (error) {
    throw badField(req, collection.slug, 'url', (error as Error).message)
  }
  return { ...data, url: text }
}
