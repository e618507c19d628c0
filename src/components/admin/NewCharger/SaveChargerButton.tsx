'use client'

import {
  SaveButton,
  toast,
  useDocumentInfo,
  useEditDepth,
  useForm,
  useFormProcessing,
} from '@payloadcms/ui'
import { useRouter } from 'next/navigation'
import { useState } from 'react'

import { sentenceOf } from '../commands/send'
import { OncePassword } from './OncePassword'

type Made = { id: number; name: string; identity: string; password: string }

export function SaveChargerButton({ url }: { url: string }) {
  const { id } = useDocumentInfo()
  const depth = useEditDepth()
  // In a drawer the page behind waits for the form's own save.
  return id || depth > 1 ? <SaveButton /> : <CreateButton url={url} />
}

/** Makes the charger by itself: the form's own save would drop the password from the answer. */
function CreateButton({ url }: { url: string }) {
  const { dispatchFields, getData, setModified, setProcessing, setSubmitted, validateForm } =
    useForm()
  const isProcessing = useFormProcessing()
  const router = useRouter()
  const [made, setMade] = useState<Made | null>(null)

  async function save(): Promise<void> {
    setSubmitted(true)
    if (!(await validateForm())) {
      toast.error('Please fill in the fields that are marked.')
      return
    }
    setProcessing(true)
    const response = await fetch('/api/chargers?depth=0', {
      method: 'POST',
      credentials: 'include',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(getData()),
    }).catch(() => null)
    const body: unknown = await response?.json().catch(() => null)
    setProcessing(false)
    if (!response?.ok) return refuse(body)
    setModified(false)
    const { doc } = body as {
      doc: { id: number; name: string; identity: string; oneTimePassword?: string }
    }
    toast.success(`${doc.name} was added.`)
    if (doc.oneTimePassword) setMade({ ...doc, password: doc.oneTimePassword })
    else router.push(`/admin/collections/chargers/${doc.id}`)
  }

  function refuse(body: unknown): void {
    const errors = (
      body as { errors?: { data?: { errors?: { path: string; message: string }[] } }[] } | null
    )?.errors?.[0]?.data?.errors
    if (errors) dispatchFields({ type: 'ADD_SERVER_ERRORS', errors })
    toast.error(errors?.[0]?.message ?? sentenceOf(body) ?? 'The charger was not saved. Try again.')
  }

  return (
    <>
      <button
        className="cpms-button"
        data-kind="primary"
        disabled={isProcessing}
        id="action-save"
        onClick={() => void save()}
        type="button"
      >
        Save
      </button>
      {made && (
        <OncePassword
          {...made}
          onDone={() => router.push(`/admin/collections/chargers/${made.id}`)}
          url={url}
        />
      )}
    </>
  )
}
