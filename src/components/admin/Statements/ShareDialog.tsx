'use client'

import { useState, type ReactNode } from 'react'

import { CopyRow } from '../ui/CopyRow'
import { Dialog } from '../ui/Dialog'
import { useAsk } from './useAsk'

/** A link for somebody without a login: mailed, or shown once to be passed on. */
export function ShareDialog({
  path,
  what = {},
  children,
  onClose,
}: {
  /** Where it is asked for. */
  path: string
  /** What is asked for beside to whom and how long. */
  what?: object
  /** A word on what will be seen, or a choice of it. */
  children?: ReactNode
  onClose: () => void
}) {
  const { ask, isBusy } = useAsk()
  const [to, setTo] = useState('')
  const [days, setDays] = useState(14)
  const [isMailed, setMailed] = useState(true)
  const [url, setUrl] = useState<string | null>(null)
  async function share(): Promise<void> {
    const body = await ask(
      path,
      { ...what, ...(isMailed ? { email: to } : { sharedWith: to }), days },
      isMailed ? `The link is on its way to ${to}.` : '',
    )
    if (!body) return
    const made = (body['doc'] as { url?: string } | undefined)?.url
    if (made) setUrl(made)
    else onClose()
  }
  return (
    <Dialog onClose={onClose} title="Share a link">
      {url ? (
        <>
          <p>Pass it on now: the link is not shown again.</p>
          <CopyRow label="Link" value={url} />
          <div className="cpms-dialog-buttons">
            <button
              className="cpms-button"
              data-focus
              data-kind="primary"
              onClick={onClose}
              type="button"
            >
              Done
            </button>
          </div>
        </>
      ) : (
        <form
          className="cpms-share-form"
          onSubmit={(event) => {
            event.preventDefault()
            void share()
          }}
        >
          <p>
            Whoever has the link can open this report without a login, until it expires or you
            revoke it.
          </p>
          {children}
          <fieldset>
            <legend>How</legend>
            <label>
              <input checked={isMailed} name="how" onChange={() => setMailed(true)} type="radio" />{' '}
              Send it by e-mail
            </label>
            <label>
              <input
                checked={!isMailed}
                name="how"
                onChange={() => setMailed(false)}
                type="radio"
              />{' '}
              Show me the link
            </label>
          </fieldset>
          <label>
            {isMailed ? 'E-mail address' : 'For whom (for your own record)'}
            <input
              className="cpms-input"
              data-focus
              onChange={(event) => setTo(event.target.value)}
              required={isMailed}
              type={isMailed ? 'email' : 'text'}
              value={to}
            />
          </label>
          <label>
            Works for
            <select
              className="cpms-input"
              onChange={(event) => setDays(Number(event.target.value))}
              value={days}
            >
              <option value={1}>1 day</option>
              <option value={7}>7 days</option>
              <option value={14}>14 days</option>
              <option value={30}>30 days</option>
              <option value={90}>90 days</option>
            </select>
          </label>
          <div className="cpms-dialog-buttons">
            <button className="cpms-button" onClick={onClose} type="button">
              Cancel
            </button>
            <button className="cpms-button" data-kind="primary" disabled={isBusy} type="submit">
              {isMailed ? 'Send the link' : 'Make the link'}
            </button>
          </div>
        </form>
      )}
    </Dialog>
  )
}
