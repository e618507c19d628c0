'use client'

import { statusLook } from '@/domain/connector'
import { addCounts, countAll, worstFirst, type StatusCounts } from '@/domain/siteStatus'
import type { SiteMapRow } from '@/panel/siteMap'

import { Icon } from '../ui/Icon'
import { whole } from '../ui/words'
import { filterSites, type MapFilter } from './applyStatuses'
import { countsOf } from './clusters'

type Props = { map: SiteMapRow; filter: MapFilter; onChange: (filter: MapFilter) => void }

/** States as buttons with their counts, what needs somebody first; region and operator where there are several. */
export function MapFilters({ map, filter, onChange }: Props) {
  const within = filterSites(map.sites, { ...filter, status: '' })
  const counts = within.map(countsOf).reduce<StatusCounts>(addCounts, {})
  const statuses = worstFirst.filter(
    (status) => (counts[status] ?? 0) > 0 || filter.status === status,
  )
  const set = (change: Partial<MapFilter>) => onChange({ ...filter, ...change })
  return (
    <div aria-label="Filter" className="cpms-row" role="group">
      <button
        aria-pressed={filter.status === ''}
        className="cpms-chip"
        onClick={() => set({ status: '' })}
        type="button"
      >
        All <b>{whole(countAll(counts))}</b>
      </button>
      {statuses.map((status) => {
        const look = statusLook(status)
        return (
          <button
            aria-pressed={filter.status === status}
            className="cpms-chip"
            data-tone={look.tone}
            key={status}
            onClick={() => set({ status: filter.status === status ? '' : status })}
            type="button"
          >
            <Icon name={look.icon} /> {look.label} <b>{whole(counts[status] ?? 0)}</b>
          </button>
        )
      })}
      <Choice
        label="Region"
        onChange={(region) => set({ region })}
        options={map.regions}
        value={filter.region}
      />
      <Choice
        label="Operator"
        onChange={(operator) => set({ operator })}
        options={map.operators}
        value={filter.operator}
      />
    </div>
  )
}

type ChoiceProps = {
  label: string
  options: { id: number; name: string }[]
  value: string
  onChange: (value: string) => void
}

function Choice({ label, options, value, onChange }: ChoiceProps) {
  if (options.length < 2) return null
  return (
    <select
      aria-label={label}
      className="cpms-input"
      onChange={(event) => onChange(event.target.value)}
      value={value}
    >
      <option value="">{`Every ${label.toLowerCase()}`}</option>
      {options.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </select>
  )
}
