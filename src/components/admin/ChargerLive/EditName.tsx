'use client'

import { toast } from '@payloadcms/ui'
import { useRouter } from 'next/navigation'
import { useState } from 'react'

import { ConfirmDialog } from '../commands/ConfirmDialog'
import { sentenceOf } from '../commands/send'
import { Icon } from '../ui/Icon'

/** Renames in place: one field, one button, everywhere at once (the FAQ's Chargers > Edit Name). */
export function EditName({ id, name, isIcon }: { id: number; name: string; isIcon?: boolean }) {
  const [isOpen, setOpen] = useState(false)
  const [text, setText] = useState(name)
  const router = useRouter()

  async function save(): Promise<string | null> {
    const response = await fetch(`/api/chargers/${id}?depth=0`, {
      method: 'PATCH',
      credentials: 'include',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ name: text.trim() }),
    }).catch(() => null)
    if (!response) return 'The server did not answer. Check your connection and try again.'
    if (!response.ok)
      return sentenceOf(await response.json().catch(() => null)) ?? 'The name was not saved.'
    toast.success(`Renamed to ${text.trim()}`)
    router.refresh()
    return null
  }

  return (
    <>
      <button
        className="cpms-button"
        data-kind="quiet"
        onClick={() => {
          setText(name)
          setOpen(true)
        }}
        type="button"
      >
        {isIcon ? <Icon label={`Edit name of ${name}`} name="pencil" /> : 'Edit name'}
      </button>
      {isOpen && (
        <ConfirmDialog
          canSend={text.trim() !== '' && text.trim() !== name}
          confirm="Save"
          onClose={() => setOpen(false)}
          send={save}
          title="Edit name"
        >
          <label className="cpms-field">
            Name
            <input
              data-focus
              className="cpms-input"
              maxLength={80}
              onChange={(event) => setText(event.target.value)}
              value={text}
            />
          </label>
          <p className="cpms-muted">
            What people call it: “Villa Charger”, “Parking Bay 3”. Drivers see it too.
          </p>
        </ConfirmDialog>
      )}
    </>
  )
}
