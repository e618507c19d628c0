/** `chargerNamed`: a charger by its id or its identity; null for what can be neither. */
export function chargerNamed(charger: unknown): { id: number } | { identity: string } | null {
  if (typeof charger === 'number')
    return Number.isSafeInteger(charger) && charger > 0 && charger <= 2_147_483_647
      ? { id: charger }
      : null
  if (typeof charger !== 'string' || charger.length === 0 || charger.length > 48) return null
  return charger.includes('\u0000') ? null : { identity: charger }
}
