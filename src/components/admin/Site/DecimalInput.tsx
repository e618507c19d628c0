'use client'

import { useId } from 'react'

import { toInteger } from '../fields/decimal'

/** A decimal that is typed, with its unit beside it; says at once when it is no number. */
export function DecimalInput({
  label,
  unit,
  text,
  digits,
  readOnly,
  onChange,
}: {
  label: string
  unit: string
  text: string
  digits: number
  readOnly: boolean
  onChange: (text: string) => void
}) {
  const id = useId()
  const isWrong = toInteger(text, digits) === undefined
  return (
    <div className="cpms-field">
      <label htmlFor={id}>{label}</label>
      <span className="cpms-decimal-box">
        <input
          aria-describedby={isWrong ? `${id}-wrong` : undefined}
          aria-invalid={isWrong}
          className="cpms-input cpms-short"
          disabled={readOnly}
          id={id}
          inputMode="decimal"
          onChange={(event) => onChange(event.target.value)}
          type="text"
          value={text}
        />
        <span className="cpms-muted">{unit}</span>
      </span>
      {isWrong && (
        <span className="cpms-wrong" id={`${id}-wrong`}>
          A number with at most {digits} digits behind the point.
        </span>
      )}
    </div>
  )
}
