import type { Env } from '@/platform/env'
import type { CardProvider } from './provider'
import { createStripe } from './stripe'

let made: CardProvider | null = null

/** `cardProvider`: who takes cards for this server; null where it has no keys of one. */
export function cardProvider({
  publicUrl,
  stripe,
}: Pick<Env, 'publicUrl' | 'stripe'>): CardProvider | null {
  if (!stripe) return null
  made ??= createStripe({ ...stripe, publicUrl })
  return made
}
