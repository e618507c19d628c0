'use client'

import { FieldDescription, FieldError, FieldLabel, useField } from '@payloadcms/ui'
import type { NumberFieldClientProps } from 'payload'
import { useEffect, useState } from 'react'

/** An integer that is stored and a decimal that is typed: `450000` millionths are `0.45`. */
export function DecimalField({
  field,
  path,
  readOnly,
  digits,
  unit,
}: NumberFieldClientProps & { digits: number; unit: string }) {
  const { value, setValue, showError, disabled } = useField<number | null>({ path })
  const [text, setText] = useState(() => toText(value, digits))
  const [isTyping, setTyping] = useState(false)
  useEffect(() => {
    if (!isTyping) setText(toText(value, digits))
  }, [value, digits, isTyping])

  function onChange(typed: string): void {
    setText(typed)
    const stored = toInteger(typed, digits)
    if (stored !== undefined) setValue(stored)
  }

  const isLocked = Boolean(readOnly ?? field.admin?.readOnly) || disabled
  return (
    <div className={`field-type number cpms-decimal${showError ? ' error' : ''}`}>
      <FieldLabel label={field.label} path={path} required={field.required} />
      <div className="field-type__wrap">
        <FieldError path={path} showError={showError || toInteger(text, digits) === undefined} />
        <span className="cpms-decimal-box">
          <input
            disabled={isLocked}
            id={`field-${path.replace(/\./g, '__')}`}
            inputMode="decimal"
            onBlur={() => setTyping(false)}
            onChange={(event) => onChange(event.target.value)}
            onFocus={() => setTyping(true)}
            type="text"
            value={text}
          />
          <span className="cpms-muted">{unit}</span>
        </span>
      </div>
      <FieldDescription description={field.admin?.description} path={path} />
    </div>
  )
}

export function toText(value: number | null | undefined, digits: number): string {
  if (value === null || value === undefined) return ''
  const sign = value < 0 ? '-' : ''
  const padded = String(Math.abs(value)).padStart(digits + 1, '0')
  const whole = padded.slice(0, padded.length - digits)
  // A rate reads as money does: two digits at least, no idle zeros behind them.
  const rest = padded
    .slice(padded.length - digits)
    .replace(/0+$/, '')
    .padEnd(Math.min(2, digits), '0')
  return rest ? `${sign}${whole}.${rest}` : `${sign}${whole}`
}

/** Null for an empty box, undefined for what is no number or has too many digits. */
export function toInteger(text: string, digits: number): number | null | undefined {
  const plain = text.trim().replace(',', '.')
  if (plain === '') return null
  const match = /^(\d{1,9})(?:\.(\d*))?$/.exec(plain)
  const fraction = match?.[2] ?? ''
  if (!match || fraction.length > digits) return undefined
  return Number(`${match[1]}${fraction.padEnd(digits, '0')}`)
}
