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

import { save } from '../ui/save'
import { LinkDialog } from './LinkDialog'

/** The Save button of a user's form; for a new user it ends with the link that lets the person in. */
export function SaveUser() {
  const { id } = useDocumentInfo()
  const depth = useEditDepth()
  // in a drawer the page behind waits for the form's own save
  return id || depth > 1 ? <SaveButton /> : <CreateButton />
}

type Made = { id: number; name: string; setPasswordLink?: string; sentTo?: string }

/** Makes the user by itself: the form's own save would drop the link from the answer. */
function CreateButton() {
  const { dispatchFields, getData, setModified, setProcessing, setSubmitted, validateForm } =
    useForm()
  const isProcessing = useFormProcessing()
  const router = useRouter()
  const [made, setMade] = useState<Made | null>(null)
  const open = (user: Made) => router.push(`/admin/collections/users/${user.id}`)

  async function create(): Promise<void> {
    const data = getData()
    setSubmitted(true)
    // the hidden password boxes would never pass here; what is wrong otherwise the server says at its field
    if (data.credentials === 'password' && !(await validateForm())) {
      toast.error('Please fill in the fields that are marked.')
      return
    }
    setProcessing(true)
    const saved = await save('POST', '/api/users?depth=0', data)
    setProcessing(false)
    if (saved.kind === 'refused') {
      if (saved.fields.length > 0)
        dispatchFields({ type: 'ADD_SERVER_ERRORS', errors: saved.fields })
      toast.error(saved.why)
      return
    }
    setModified(false)
    const user = saved.body.doc as Made
    toast.success(
      user.sentTo
        ? `${user.name} was added. A link goes to ${user.sentTo}.`
        : `${user.name} was added.`,
    )
    if (user.setPasswordLink) setMade(user)
    else open(user)
  }

  return (
    <>
      <button
        className="cpms-button"
        data-kind="primary"
        disabled={isProcessing}
        id="action-save"
        onClick={() => void create()}
        type="button"
      >
        Save
      </button>
      {made?.setPasswordLink && (
        <LinkDialog link={made.setPasswordLink} name={made.name} onDone={() => open(made)} />
      )}
    </>
  )
}
