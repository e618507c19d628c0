import type { ClaimedPayment } from '@/db/queries/app/payments'

/** How a payment stands at its provider. `pending`: it works on it and will tell. */
export type IntentState = {
  providerId: string | null
  status: 'pending' | 'needs-action' | 'authorised' | 'captured' | 'cancelled' | 'failed'
  capturedMinor: number
  clientSecret: string | null
  checkoutUrl: string | null
  /** For people: why a card was refused. */
  failure: string | null
}

export type SavedCard = {
  providerId: string
  brand: string | null
  last4: string | null
  /** `MM/YY` */
  expires: string | null
}

/** What a provider tells by itself, its signature checked. `publicId`s are ours, sent back. */
export type ProviderEvent = {
  id: string
  type: string
  payment: { publicId: string | null; providerId: string | null; state: IntentState } | null
  card: { driverPublicId: string; card: SavedCard } | null
}

/** The provider refuses this for good: asking again changes nothing. */
export class ProviderRefuses extends Error {}

/**
 * A company that takes cards. Whatever is asked carries a key of ours, and the same key twice is one act; what rejects
 * with anything but `ProviderRefuses` may or may not have happened, and is asked again with its key.
 */
export type CardProvider = {
  name: string
  /** What the app needs to speak with the provider itself. */
  publishableKey: string | null
  authorise(payment: ClaimedPayment, key: string): Promise<IntentState>
  charge(payment: ClaimedPayment, key: string): Promise<IntentState>
  /** A page of the provider where the card is typed in. */
  checkout(payment: ClaimedPayment, key: string): Promise<IntentState>
  capture(providerId: string, amountMinor: number, key: string): Promise<IntentState>
  cancel(providerId: string, key: string): Promise<IntentState>
  /** Resolves when the money is on its way back. */
  refund(providerId: string, amountMinor: number, key: string): Promise<void>
  look(providerId: string): Promise<IntentState>
  makeCustomer(
    driver: { publicId: string; name: string; email: string | null },
    key: string,
  ): Promise<string>
  /** A card is about to be saved: the secret with which the app does it. */
  beginSaving(customerId: string, driverPublicId: string, key: string): Promise<string>
  forget(methodProviderId: string): Promise<void>
  /** Null where the signature does not fit. */
  readEvent(body: string, signature: string): Promise<ProviderEvent | null>
}
