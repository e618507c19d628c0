'use client'

import { useId, useLayoutEffect, useRef, type ReactNode } from 'react'
import { createPortal } from 'react-dom'

/**
 * A question over the page: the browser's own dialog, so that Escape and the screen reader work by themselves and Tab
 * stays inside. The focus goes back to where it came from.
 */
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
  // Before it is taken off the page: a dialog that is no longer on it gives nothing back.
  useLayoutEffect(() => {
    const dialog = ref.current
    if (dialog && !dialog.open) dialog.showModal()
    dialog?.querySelector<HTMLElement>('[data-focus]')?.focus()
    return () => dialog?.close()
  }, [])
  // Out of a form that it may stand in: a form in a form would send the outer one
  return createPortal(
    <dialog
      aria-labelledby={titleId}
      className="cpms-dialog"
      onCancel={onClose}
      onClose={onClose}
      onSubmit={(event) => event.stopPropagation()}
      ref={ref}
    >
      <h2 id={titleId}>{title}</h2>
      {children}
    </dialog>,
    document.body,
  )
}
