'use client'

import { useEffect, useId, useRef, type ReactNode } from 'react'

/** A question over the page: the browser's own dialog, so focus, Escape and the screen reader work by themselves. */
export function Dialog({
  title,
  children,
  onClose,
}: {
  title: string
  children: ReactNode
  onClose: () => void
}) {
  const ref = useRef<HTMLDialogElement>(null)
  const titleId = useId()
  useEffect(() => {
    const dialog = ref.current
    if (dialog && !dialog.open) dialog.showModal()
    dialog?.querySelector<HTMLElement>('[data-focus]')?.focus()
    return () => dialog?.close()
  }, [])
  return (
    <dialog
      aria-labelledby={titleId}
      className="cpms-dialog"
      onCancel={onClose}
      onClose={onClose}
      ref={ref}
    >
      <h2 id={titleId}>{title}</h2>
      {children}
    </dialog>
  )
}
