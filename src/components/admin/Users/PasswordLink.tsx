'use client'

import { toast } from '@payloadcms/ui'
import { useState } from 'react'

import { save } from '../ui/save'
import { LinkDialog } from './LinkDialog'

/** A new link to set the password: by mail, or shown once to whoever passes it on. */
export function PasswordLink({ userId, isMailSetUp }: { userId: number; isMailSetUp: boolean }) {
  const [link, setLink] = useState<string | null>(null)
  const [isBusy, setBusy] = useState(false)

  async function make(by: 'mail' | 'link'): Promise<void> {
    setBusy(true)
    const saved = await save('POST', `/api/users/${userId}/password-link`, { by })
    setBusy(false)
    if (saved.kind === 'refused') toast.error(saved.why)
    else if (by === 'link') setLink(String(saved.body.setPasswordLink))
    else if (isMailSetUp) toast.success(`A link is on its way to ${String(saved.body.sentTo)}.`)
    else toast.warning('No mail server is set up: the mail waits under "Undelivered mail".')
  }

  return (
    <div className="cpms-row">
      <button
        className="cpms-button"
        disabled={isBusy}
        onClick={() => void make('mail')}
        type="button"
      >
        E-mail a link to set the password
      </button>
      <button
        className="cpms-button"
        disabled={isBusy}
        onClick={() => void make('link')}
        type="button"
      >
        Show me a link to pass on
      </button>
      {link !== null && <LinkDialog link={link} onDone={() => setLink(null)} />}
    </div>
  )
}
