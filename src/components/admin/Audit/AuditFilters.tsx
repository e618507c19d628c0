'use client'

import { useRouter } from 'next/navigation'
import { useEffect, useState } from 'react'

import type { AuditAsked } from '@/panel/auditLog'

import { GoTo } from '../ui/GoTo'
import { addressOf } from './address'

type Choice = { value: string; label: string }
type Props = {
  asked: AuditAsked
  choices: { people: { id: number; name: string }[]; actions: Choice[]; resources: Choice[] }
}

export function AuditFilters({ asked, choices }: Props) {
  const router = useRouter()
  const go = (over: Partial<AuditAsked>) => router.replace(addressOf({ ...asked, ...over }))
  const [isDenied, setDenied] = useChoice(asked.denied)
  const isFiltered = Object.values(asked).some(Boolean)
  const people = choices.people.map(({ id, name }) => ({ value: String(id), label: name }))
  return (
    <div className="cpms-row cpms-audit-filters" role="search">
      <Pick
        all="Everybody"
        choices={people}
        label="Person"
        onPick={(user) => go({ user })}
        value={asked.user}
      />
      <Pick
        all="Every action"
        choices={choices.actions}
        label="Action"
        onPick={(action) => go({ action })}
        value={asked.action}
      />
      <Pick
        all="Every kind of record"
        choices={choices.resources}
        label="Kind of record"
        onPick={(resource) => go({ resource, record: '' })}
        value={asked.resource}
      />
      <Day label="From" onPick={(from) => go({ from })} value={asked.from} />
      <Day label="To" onPick={(to) => go({ to })} value={asked.to} />
      <label className="cpms-check">
        <input
          checked={isDenied}
          onChange={(event) => {
            setDenied(event.target.checked)
            go({ denied: event.target.checked })
          }}
          type="checkbox"
        />
        Refused only
      </label>
      {asked.record && (
        <button className="cpms-chip" onClick={() => go({ record: '' })} type="button">
          Record no. {asked.record} ×<span className="cpms-sr">, show all</span>
        </button>
      )}
      {isFiltered && <GoTo to="/admin/collections/audit-log">Show everything</GoTo>}
    </div>
  )
}

/** What was just chosen is shown at once, before the page that it asks for is there. */
function useChoice<T>(value: T): [T, (next: T) => void] {
  const [chosen, setChosen] = useState(value)
  useEffect(() => setChosen(value), [value])
  return [chosen, setChosen]
}

function Pick({
  label,
  all,
  value,
  choices,
  onPick,
}: {
  label: string
  all: string
  value: string
  choices: Choice[]
  onPick: (value: string) => void
}) {
  const [chosen, setChosen] = useChoice(value)
  return (
    <select
      aria-label={label}
      className="cpms-input"
      onChange={(event) => {
        setChosen(event.target.value)
        onPick(event.target.value)
      }}
      value={chosen}
    >
      <option value="">{all}</option>
      {choices.map((choice) => (
        <option key={choice.value} value={choice.value}>
          {choice.label}
        </option>
      ))}
    </select>
  )
}

function Day({
  label,
  value,
  onPick,
}: {
  label: string
  value: string
  onPick: (value: string) => void
}) {
  return (
    <label className="cpms-check">
      {label}
      <input
        className="cpms-input"
        defaultValue={value}
        key={value}
        // while a day is typed the browser has none to tell
        onChange={(event) => (event.target.value || value) && onPick(event.target.value)}
        type="date"
      />
    </label>
  )
}
