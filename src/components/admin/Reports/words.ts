import { formatMinor } from '@/domain/money'

import { kWh, whole } from '../ui/words'

export type ColumnShown = {
  key: string
  title: string
  format: 'text' | 'integer' | 'energy' | 'money' | 'seconds' | 'percent' | 'instant' | 'day'
  isSummed?: boolean
  hasOwnTotal?: boolean
  isMinor?: boolean
}

export const isNumber = ({ format }: Pick<ColumnShown, 'format'>) =>
  format !== 'text' && format !== 'instant' && format !== 'day'

/** A cell as people read it; the unit stands in the head of its column. */
export function sayCell(
  format: ColumnShown['format'],
  value: string | number | null | undefined,
  currency: string | null,
): string {
  if (value === null || value === undefined || value === '') return '–'
  switch (format) {
    case 'energy':
      return kWh(Number(value))
    case 'money':
      return formatMinor(Number(value), currency ?? '')
    case 'seconds':
      return hours(Number(value))
    case 'percent':
      return `${(Number(value) / 100).toFixed(2)} %`
    case 'integer':
      return whole(Number(value))
    case 'instant':
      return String(value).slice(0, 16)
    case 'day':
    case 'text':
      return String(value)
  }
}

/** `1:05:09`: hours, minutes, seconds, as in the files. */
function hours(seconds: number): string {
  const s = Math.round(seconds)
  const two = (n: number) => String(n).padStart(2, '0')
  return `${whole(Math.floor(s / 3600))}:${two(Math.floor(s / 60) % 60)}:${two(s % 60)}`
}

export type Preset = { key: string; label: string; from: string; to: string }

/** The periods people ask for most, by the calendar of `today` (a day like 2026-11-28). */
export function presetsOf(today: string): Preset[] {
  const at = new Date(`${today}T00:00:00Z`)
  const [year, month] = [at.getUTCFullYear(), at.getUTCMonth()]
  const day = (date: Date) => date.toISOString().slice(0, 10)
  const back = (days: number) => day(new Date(at.getTime() - days * 86_400_000))
  const first = (offset: number) => day(new Date(Date.UTC(year, month + offset, 1)))
  const last = (offset: number) => day(new Date(Date.UTC(year, month + offset + 1, 0)))
  return [
    { key: 'today', label: 'Today', from: today, to: today },
    { key: 'yesterday', label: 'Yesterday', from: back(1), to: back(1) },
    { key: 'week', label: 'Last 7 days', from: back(6), to: today },
    { key: 'month', label: 'This month', from: first(0), to: today },
    { key: 'last-month', label: 'Last month', from: first(-1), to: last(-1) },
    { key: 'year', label: 'This year', from: `${year}-01-01`, to: today },
    { key: 'last-year', label: 'Last year', from: `${year - 1}-01-01`, to: `${year - 1}-12-31` },
  ]
}
