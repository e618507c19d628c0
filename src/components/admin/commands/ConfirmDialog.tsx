'use client'

import { useState, type ReactNode } from 'react'

import { Dialog } from '../ui/Dialog'

/** Asks before it sends; a refusal stays in the dialog, so that nothing typed is lost. */
export function ConfirmDialog({
  title,
  confirm,
  danger,
  canSend = true,
  children,
  send,
  onClose,
}: {
  title: string
  confirm: string
  danger?: boolean
  canSend?: boolean
  children: ReactNode
  /** Null when it was taken, else why not. */
  send: () => Promise<string | null>
  onClose: () => void
}) {
  const [problem, setProblem] = useState<string | null>(null)
  const [isSending, setSending] = useState(false)

  async function submit(): Promise<void> {
    setSending(true)
    const why = await send()
    setSending(false)
    if (why === null) onClose()
    else setProblem(why)
  }

  return (
    <Dialog onClose={onClose} title={title}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          void submit()
        }}
      >
        {children}
        {problem && (
          <p className="cpms-problem" role="alert">
            {problem}
          </p>
        )}
        <div className="cpms-dialog-buttons">
          <button className="cpms-button" onClick={onClose} type="button">
            Cancel
          </button>
          <button
            className="cpms-button"
            data-kind={danger ? 'danger' : 'primary'}
            disabled={isSending || !canSend}
            type="submit"
          >
            {isSending ? 'Sending…' : confirm}
          </button>
        </div>
      </form>
    </Dialog>
  )
}
