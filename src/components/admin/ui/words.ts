/** How numbers and instants are said on every screen: units, digits, one way to say "2 min ago". Pure. */

const groups = new Intl.NumberFormat('en-GB')

/** `12.345`: kWh always with three decimals, since a Wh is what a meter counts. */
export function kWh(energyWh: number | null | undefined): string {
  if (energyWh === null || energyWh === undefined) return '–'
  return (energyWh / 1000).toLocaleString('en-GB', {
    minimumFractionDigits: 3,
    maximumFractionDigits: 3,
  })
}

/** For large figures, where three decimals say nothing: `1,234.5`. */
export function kWhShort(energyWh: number | null | undefined): string {
  if (energyWh === null || energyWh === undefined) return '–'
  return (energyWh / 1000).toLocaleString('en-GB', {
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
  })
}

export function kW(powerW: number | null | undefined): string {
  if (powerW === null || powerW === undefined) return '–'
  return (powerW / 1000).toLocaleString('en-GB', {
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
  })
}

export function whole(count: number): string {
  return groups.format(count)
}

/** `97.4 %` of a share between 0 and 1; a dash where there is none. */
export function percent(share: number | null | undefined): string {
  if (share === null || share === undefined) return '–'
  // 99.96 % of the starts is not all of them
  const rounded = share < 1 ? Math.min(99.9, Math.round(share * 1000) / 10) : 100
  return `${rounded.toLocaleString('en-GB', { maximumFractionDigits: 1 })} %`
}

/** `45 s`, `12 min`, `2 h 05 min`, `3 d 4 h`. */
export function duration(seconds: number | null | undefined): string {
  if (seconds === null || seconds === undefined || !Number.isFinite(seconds)) return '–'
  const s = Math.max(0, Math.round(seconds))
  if (s < 60) return `${s} s`
  const minutes = Math.floor(s / 60)
  if (minutes < 60) return `${minutes} min`
  const hours = Math.floor(minutes / 60)
  if (hours < 24) return `${hours} h ${String(minutes % 60).padStart(2, '0')} min`
  return `${Math.floor(hours / 24)} d ${hours % 24} h`
}

/** `just now`, `2 min ago`, `3 h ago`, `5 d ago`. */
export function ago(at: Date, now: Date): string {
  const s = Math.round((now.getTime() - at.getTime()) / 1000)
  if (s < 20) return 'just now'
  if (s < 60) return `${s} s ago`
  const minutes = Math.floor(s / 60)
  if (minutes < 60) return `${minutes} min ago`
  const hours = Math.floor(minutes / 60)
  if (hours < 48) return `${hours} h ago`
  return `${Math.floor(hours / 24)} d ago`
}

/** `24 Nov 2026, 23:05:47 GMT`, in the zone of the site, named. */
export function exactly(at: Date, timezone: string | null | undefined): string {
  return format(at, timezone, {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    timeZoneName: 'short',
  })
}

/** `24 Nov, 23:05`. */
export function dayAndTime(at: Date, timezone: string | null | undefined): string {
  return format(at, timezone, {
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
  })
}

/** `23:05:47`. */
export function clock(at: Date, timezone: string | null | undefined): string {
  return format(at, timezone, { hour: '2-digit', minute: '2-digit', second: '2-digit' })
}

function format(
  at: Date,
  timezone: string | null | undefined,
  options: Intl.DateTimeFormatOptions,
): string {
  try {
    return at.toLocaleString('en-GB', { ...options, timeZone: timezone ?? 'UTC' })
  } catch {
    return at.toLocaleString('en-GB', { ...options, timeZone: 'UTC' })
  }
}

const plugs: Readonly<Record<string, string>> = {
  IEC_62196_T2: 'Type 2',
  IEC_62196_T2_COMBO: 'CCS',
  IEC_62196_T1: 'Type 1',
  IEC_62196_T1_COMBO: 'CCS 1',
  CHADEMO: 'CHAdeMO',
  TESLA_S: 'NACS',
  DOMESTIC_F: 'Schuko',
  DOMESTIC_G: '3-pin',
}

/** A plug as drivers call it, from OCPI's name; what somebody wrote in words of his own stays. */
export const sayPlug = (standard: string | null) => standard && (plugs[standard] ?? standard)
