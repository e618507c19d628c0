'use client'

import { useEffect, useState } from 'react'

import { Dialog } from '../ui/Dialog'
import { save } from '../ui/save'
import { CodeForm } from './CodeForm'
import { watchForStepUp } from './watchForStepUp'

type Asked = { why: string; answer: (isShown: boolean) => void }

/** Wherever the server wants the second factor once more, this asks for it, and what was wanted goes on by itself. */
export function StepUp() {
  const [asked, setAsked] = useState<Asked | null>(null)
  useEffect(
    () => watchForStepUp((why) => new Promise<boolean>((answer) => setAsked({ why, answer }))),
    [],
  )
  if (!asked) return null
  const finish = (isShown: boolean) => {
    setAsked(null)
    asked.answer(isShown)
  }
  return (
    <Dialog onClose={() => finish(false)} title="Is it you?">
      <p>{asked.why}</p>
      <CodeForm
        cancel={{ label: 'Cancel', onCancel: () => finish(false) }}
        submit={async (code) => {
          const shown = await save('POST', '/api/users/step-up', { code })
          if (shown.kind === 'refused') return shown
          finish(true)
          return null
        }}
        submitLabel="Go on"
      />
    </Dialog>
  )
}
