'use client'

import { CodeForm } from '../SignIn/CodeForm'
import { Dialog } from '../ui/Dialog'
import { save } from '../ui/save'

/** A download is no request of the page, so `StepUp` does not hear of its refusal: the same question, asked from here. */
export function ProveAgain({
  why,
  onProved,
  onClose,
}: {
  why: string
  onProved: () => void
  onClose: () => void
}) {
  return (
    <Dialog onClose={onClose} title="Is it you?">
      <p>{why}</p>
      <CodeForm
        cancel={{ label: 'Cancel', onCancel: onClose }}
        submit={async (code) => {
          const shown = await save('POST', '/api/users/step-up', { code })
          if (shown.kind === 'refused') return shown
          onProved()
          return null
        }}
        submitLabel="Go on"
      />
    </Dialog>
  )
}
