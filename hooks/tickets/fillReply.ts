import type { CollectionBeforeValidateHook } from 'payload'

import { staffOf } from '../access/whoAsks'

/** `fillReply`: a reply says who wrote it, whatever the request says. */
export const fillReply: CollectionBeforeValidateHook = ({ data, operation, req }) =>
  data && operation === 'create' ? { ...data, author: staffOf(req)?.id ?? null } : data
