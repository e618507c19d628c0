import type { CollectionBeforeChangeHook } from 'payload'

import { checkElements } from '@/domain/tariff/checkElements'
import type { TariffFields } from '@/domain/tariff/fromFields'
import { badField } from '../problem'

/** `checkPrices`: what is saved can price a session; what cannot is said beside its field. */
export const checkPrices: CollectionBeforeChangeHook = ({ collection, data, originalDoc, req }) => {
  const next = { ...(originalDoc as object | undefined), ...data } as TariffFields
  const problem = checkElements(next)
  if (problem) throw badField(req, collection.slug, problem.path, problem.sentence)
  return data
}
