import { formatMinor } from '@/domain/money'

/** `£9.49`; a dash where the price is not known, which is not the same as nothing. */
export function money(
  minor: number | null | undefined,
  currency: string | null | undefined,
): string {
  if (minor === null || minor === undefined || !currency) return '–'
  return formatMinor(minor, currency)
}
