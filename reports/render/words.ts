import { formatMinor } from '@/domain/money'

/** How figures are written on paper: the same on every document. */

const whole = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 1 })

export const count = (value: number): string => whole.format(value)

/** Wh as kWh with three decimals, grouped: `1,234.567`. */
export function energy(wh: number): string {
  return (wh / 1000).toLocaleString('en-GB', { minimumFractionDigits: 3, maximumFractionDigits: 3 })
}

export function energyShort(wh: number): string {
  return (wh / 1000).toLocaleString('en-GB', { minimumFractionDigits: 1, maximumFractionDigits: 1 })
}

export function money(minor: number | null, currency: string | null): string {
  return minor === null || !currency ? '–' : formatMinor(minor, currency)
}

/** `3 Nov 2026, 14:05`, by the clock of the zone. */
export function instant(at: string | Date, zone: string): string {
  return new Date(at).toLocaleString('en-GB', {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZone: zone,
  })
}

/** `+12.5 %`, `−3.0 %`, `unchanged`; against nothing there is no share. */
export function shareChange(now: number, before: number): string {
  if (before === 0) return now === 0 ? 'unchanged' : 'none before'
  const tenths = Math.round(((now - before) / Math.abs(before)) * 1000)
  if (tenths === 0) return 'unchanged'
  return `${tenths > 0 ? '+' : '−'}${(Math.abs(tenths) / 10).toFixed(1)} %`
}

/** `45 s`, `12 min`, `2 h 05 min`. */
export function duration(seconds: number | null): string {
  if (seconds === null) return '–'
  const whole = Math.max(0, Math.round(seconds))
  if (whole < 60) return `${whole} s`
  const minutes = Math.floor(whole / 60)
  if (minutes < 60) return `${minutes} min`
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`
}
