'use client'

import { useState } from 'react'

type Option = { value: string; label: string }

/** Check boxes in columns; with many of them a box to find one. */
export function ChoiceList({
  label,
  options,
  chosen,
  onChange,
}: {
  label: string
  options: readonly Option[]
  chosen: readonly string[]
  onChange(chosen: string[]): void
}) {
  const [find, setFind] = useState('')
  const isLong = options.length > 24
  const shown = options.filter(
    (option) =>
      chosen.includes(option.value) || option.label.toLowerCase().includes(find.toLowerCase()),
  )
  return (
    <>
      {isLong && (
        <input
          aria-label={`Find in ${label}`}
          className="cpms-input"
          onChange={(event) => setFind(event.target.value)}
          placeholder="Find"
          type="search"
          value={find}
        />
      )}
      <div aria-label={label} className="cpms-ticks" role="group">
        {shown.slice(0, 60).map(({ value, label: text }) => (
          <label className="cpms-tick" key={value}>
            <input
              checked={chosen.includes(value)}
              onChange={(event) =>
                onChange(
                  event.target.checked
                    ? [...chosen, value]
                    : chosen.filter((other) => other !== value),
                )
              }
              type="checkbox"
            />
            <span>{text}</span>
          </label>
        ))}
      </div>
    </>
  )
}
