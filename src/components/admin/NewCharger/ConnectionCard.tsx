'use client'

import { useFormFields } from '@payloadcms/ui'
import { useState } from 'react'

import { ConfirmDialog } from '../commands/ConfirmDialog'
import { sentenceOf } from '../commands/send'
import { CopyRow } from '../ui/CopyRow'
import { OncePassword } from './OncePassword'

type Props = { chargerId: number | null; url: string; mayRotate: boolean }

export function ConnectionCard({ chargerId, url, mayRotate }: Props) {
  const text = (value: unknown) => (typeof value === 'string' ? value.trim() : '')
  const identity = useFormFields(([fields]) => text(fields.identity?.value))
  const name = useFormFields(([fields]) => text(fields.name?.value))
  const [isAsked, setAsked] = useState(false)
  const [password, setPassword] = useState<string | null>(null)

  async function rotate(): Promise<string | null> {
    const response = await fetch(`/api/chargers/${chargerId}/rotate-password`, {
      method: 'POST',
      credentials: 'include',
      headers: { 'Content-Type': 'application/json' },
      body: '{}',
    }).catch(() => null)
    const body: unknown = await response?.json().catch(() => null)
    if (!response?.ok) return sentenceOf(body) ?? 'No new password was made. Try again.'
    setPassword((body as { oneTimePassword: string }).oneTimePassword)
    return null
  }

  return (
    <div className="field-type cpms-card">
      <h3>Connection</h3>
      <CopyRow
        label="Address (OCPP 1.6-J)"
        value={`${url}/${identity ? encodeURIComponent(identity) : '‹identity›'}`}
      />
      {chargerId === null ? (
        <p className="cpms-muted">Its password is made when you save, and shown once.</p>
      ) : (
        mayRotate && (
          <div>
            <button className="cpms-button" onClick={() => setAsked(true)} type="button">
              Make a new password
            </button>
          </div>
        )
      )}
      {isAsked && (
        <ConfirmDialog
          confirm="Make a new password"
          danger
          onClose={() => setAsked(false)}
          send={rotate}
          title="Make a new password?"
        >
          <p>
            The old one is worth nothing from then on: the charger stays out after its next
            disconnect until the new one is entered in its set-up page.
          </p>
        </ConfirmDialog>
      )}
      {password !== null && (
        <OncePassword
          identity={identity}
          name={name}
          onDone={() => setPassword(null)}
          password={password}
          url={url}
        />
      )}
    </div>
  )
}
