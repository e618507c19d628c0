'use client'

import '../people.css'

import { toast, useAuth, useDocumentInfo, useForm, useFormFields } from '@payloadcms/ui'
import { useRouter } from 'next/navigation'
import type { DefaultCellComponentProps } from 'payload'
import { useState } from 'react'

import { Icon } from '../ui/Icon'
import { save } from '../ui/save'
import { CardStatus } from './CardStatus'

type Status = 'active' | 'blocked' | 'lost' | 'expired'

const done: Readonly<Record<Status, string>> = {
  active: 'is taken again.',
  blocked: 'is blocked: refused from its next tap on.',
  lost: 'is marked lost: refused from its next tap on.',
  expired: 'has expired.',
}

/** Block, lost, and back again: one click each, and one to undo it. */
export function CardActionsCell({ rowData }: DefaultCellComponentProps) {
  const { id, uid, status } = rowData as { id: number; uid?: string; status?: Status }
  return <Buttons id={id} name={uid ?? 'The card'} status={status ?? 'active'} />
}

/** At the top of a card's page: how it stands, and the same buttons. */
export function CardActionsField() {
  const { id } = useDocumentInfo()
  const { dispatchFields } = useForm()
  const status = useFormFields(([fields]) => fields.status?.value as Status | undefined)
  const uid = useFormFields(([fields]) => fields.uid?.value as string | undefined)
  if (!id || !status) return null
  return (
    <div className="field-type cpms-row cpms-card-now">
      <CardStatus status={status} />
      <Buttons
        id={Number(id)}
        name={uid ?? 'The card'}
        onChange={(next) => dispatchFields({ type: 'UPDATE', path: 'status', value: next })}
        status={status}
      />
    </div>
  )
}

function Buttons({
  id,
  name,
  status,
  onChange,
}: {
  id: number
  name: string
  status: Status
  onChange?: (status: Status) => void
}) {
  const { permissions } = useAuth()
  const router = useRouter()
  const [isSending, setSending] = useState(false)
  if (!permissions?.collections?.['rfid-cards']?.update) return null

  async function set(next: Status, before: Status | null): Promise<void> {
    setSending(true)
    const saved = await save('PATCH', `/api/rfid-cards/${id}?depth=0`, { status: next })
    setSending(false)
    if (saved.kind === 'refused') {
      toast.error(saved.why)
      return
    }
    onChange?.(next)
    router.refresh()
    toast.success(`${name} ${done[next]}`, {
      ...(before && { action: { label: 'Undo', onClick: () => void set(before, null) } }),
    })
  }

  const button = (next: Status, icon: 'lock' | 'question' | 'unlock', label: string) => (
    <button
      aria-label={`${label}: ${name}`}
      className="cpms-button"
      data-size="small"
      disabled={isSending}
      onClick={() => void set(next, status)}
      type="button"
    >
      <Icon name={icon} />
      {label}
    </button>
  )
  return (
    <span className="cpms-buttons">
      {status === 'active' ? (
        <>
          {button('blocked', 'lock', 'Block')}
          {button('lost', 'question', 'Lost')}
        </>
      ) : (
        button('active', 'unlock', status === 'lost' ? 'Found' : 'Unblock')
      )}
    </span>
  )
}
