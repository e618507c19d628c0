import type { CollectionBeforeChangeHook } from 'payload'

import { isCurrency } from '@/domain/money'
import { idOf } from '../access/fieldByPolicy'
import { badField } from '../problem'

const holders = ['fleet', 'driver', 'card'] as const
const address = /^[^\s@<>,;]+@[^\s@<>,;]+\.[^\s@<>,;]+$/

/** `checkBudget`: a budget is of one holder, has a limit in its measure, and tells addresses that can be written to. */
export const checkBudget: CollectionBeforeChangeHook = ({ collection, data, originalDoc, req }) => {
  const next = { ...(originalDoc as Record<string, unknown> | undefined), ...data }
  const refuse = (path: string, sentence: string) => badField(req, collection.slug, path, sentence)
  const named = holders.filter((name) => idOf(next[name]) !== null)
  if (named.length !== 1)
    throw refuse(
      named[1] ?? 'fleet',
      named.length === 0
        ? 'Choose whose budget it is: a fleet, a driver or a card.'
        : 'Choose one of fleet, driver and card; make a second budget for the other.',
    )
  const emails = Array.isArray(next['emails']) ? next['emails'] : []
  if (emails.length > 20 || emails.some((one) => typeof one !== 'string' || !address.test(one)))
    throw refuse('emails', 'Give up to 20 e-mail addresses, e.g. fleet@example.com.')
  if (next['measure'] === 'energy') {
    if (!(Number(next['limitWh']) > 0)) throw refuse('limitWh', 'Give the limit in kWh.')
    return data
  }
  const currency = String(next['currency'] ?? '')
    .trim()
    .toUpperCase()
  if (!isCurrency(currency))
    throw refuse('currency', 'Give the three letters of a currency, e.g. GBP, EUR or USD.')
  if (!(Number(next['limitMinor']) > 0)) throw refuse('limitMinor', 'Give the limit.')
  return { ...data, currency }
}
