'use client'

import { useState } from 'react'

import { meaningOf, type ComparedEntry } from '@/domain/configuration'

import { ConfirmDialog } from '../commands/ConfirmDialog'
import type { Change } from './useConfiguring'

type Props = {
  row: ComparedEntry
  chargerName: string
  change: (changes: Change[]) => Promise<string | null>
  onClose: () => void
}

/** One setting, its old value beside the new one; sent when it is confirmed, then read back. */
export function ChangeSetting({ row, chargerName, change, onClose }: Props) {
  const [value, setValue] = useState(row.value ?? '')
  const isFlag = /^(true|false)$/i.test(row.value ?? '')
  return (
    <ConfirmDialog
      canSend={value !== row.value}
      confirm="Change"
      onClose={onClose}
      send={() => change([{ key: row.key, value }])}
      title={`Change ${row.key}?`}
    >
      {meaningOf(row.key) && <p>{meaningOf(row.key)}</p>}
      <label className="cpms-field">
        New value
        {isFlag ? (
          <select
            autoFocus
            className="cpms-input"
            onChange={(event) => setValue(event.target.value)}
            value={value}
          >
            {[row.value ?? '', /^t/i.test(row.value ?? '') ? 'false' : 'true'].map((one) => (
              <option key={one}>{one}</option>
            ))}
          </select>
        ) : (
          <input
            autoComplete="off"
            autoFocus
            className="cpms-input"
            maxLength={500}
            onChange={(event) => setValue(event.target.value)}
            value={value}
          />
        )}
      </label>
      <p className="cpms-muted">
        {row.value === null ? 'It is not set now.' : `It is ${row.value || 'empty'} now.`}
        {row.wanted !== null && ` The template wants ${row.wanted}.`} {chargerName} is asked at
        once, and what it then says is read back.
      </p>
    </ConfirmDialog>
  )
}
