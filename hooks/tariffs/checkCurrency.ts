import type { CollectionBeforeValidateHook } from 'payload'

import { isCurrency } from '@/domain/money'
import { badField } from '../problem'

/** `checkCurrency`: a currency the money rules know, in capitals. */
export const checkCurrency: CollectionBeforeValidateHook = ({ collection, data, req }) => {
  if (!data || !('currency' in data)) return data
  const currency = String(data['currency'] ?? '')
    .trim()
    .toUpperCase()
  if (!isCurrency(currency))
    throw badField(
      req,
      collection.slug,
      'currency',
      'Give the three letters of a currency, e.g. GBP, EUR or USD.',
    )
  return { ...data, currency }
}
