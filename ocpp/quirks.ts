/**
 * What is known of makes of chargers, as data: found by what a charger said at its last boot. Only what some code asks
 * for stands here; what every charger may do wrong is in `v16/repair`, for all.
 */
export type Make = { vendor: string; model: string; firmwareVersion: string | null }

export type Quirks = {
  /** Connects without a subprotocol, or with a wrong one, and speaks 1.6 (QUIRKS 1). */
  assumesOcpp16: boolean
}

type Row = Partial<Quirks> & {
  /** Each pattern that is there has to match. */
  vendor?: RegExp
  model?: RegExp
  firmwareVersion?: RegExp
  evidence: string
}

const rows: Row[] = [
  { vendor: /united chargers|grizzl/i, assumesOcpp16: true, evidence: 'SteVe #1109, HA #442' },
  { model: /grizzl/i, assumesOcpp16: true, evidence: 'SteVe #1109, HA #442' },
]

const ordinary: Quirks = { assumesOcpp16: false }

/** `null` is a charger that has not booted yet. */
export function quirksOf(make: Make | null): Quirks {
  if (!make) return ordinary
  const quirks = { ...ordinary }
  for (const { vendor, model, firmwareVersion, evidence: _evidence, ...known } of rows) {
    const isMade =
      (vendor?.test(make.vendor) ?? true) &&
      (model?.test(make.model) ?? true) &&
      (firmwareVersion?.test(make.firmwareVersion ?? '') ?? true)
    if (isMade) Object.assign(quirks, known)
  }
  return quirks
}
