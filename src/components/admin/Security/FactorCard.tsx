'use client'

import { toast } from '@payloadcms/ui'
import { useRouter } from 'next/navigation'
import { useState } from 'react'

import type { SecurityPage } from '@/panel/security'

import { CodeForm } from '../SignIn/CodeForm'
import { Enrol } from '../SignIn/Enrol'
import { PasswordInput } from '../SignIn/PasswordInput'
import { RecoveryCodes } from '../SignIn/RecoveryCodes'
import { Dialog } from '../ui/Dialog'
import { save } from '../ui/save'

type State = SecurityPage['secondFactor']
type Doing = 'enrol' | 'renew' | 'remove'

const fewCodes = 3

/** Two-factor authentication: on or off, its recovery codes. */
export function FactorCard({ state }: { state: State }) {
  const router = useRouter()
  const [doing, setDoing] = useState<Doing | null>(null)
  const close = () => setDoing(null)
  const finish = (news: string) => {
    close()
    toast.success(news)
    router.refresh()
  }
  return (
    <section className="cpms-card" aria-label="Two-factor authentication">
      <div className="cpms-card-head">
        <h2>Two-factor authentication</h2>
        <span className="cpms-security-state" data-tone={state.isOn ? 'green' : 'grey'}>
          {state.isOn ? 'On' : 'Off'}
        </span>
      </div>
      {!state.isOn && (
        <>
          <p className="cpms-muted">
            Beside your password, a code from an app on your phone. Whoever learns your password
            still does not get in, and sensitive actions ask for a code again.
          </p>
          <div className="cpms-row">
            <button
              className="cpms-button"
              data-kind="primary"
              onClick={() => setDoing('enrol')}
              type="button"
            >
              Turn on
            </button>
          </div>
        </>
      )}
      {state.isOn && (
        <>
          <p className="cpms-muted">
            You are asked for a code when you log in, and again before sensitive actions.
          </p>
          <p data-few={state.codesLeft <= fewCodes}>
            {state.codesLeft === 1
              ? '1 recovery code is left.'
              : `${state.codesLeft} recovery codes are left.`}
            {state.codesLeft <= fewCodes && ' Make new ones before the last is used.'}
          </p>
          <div className="cpms-row">
            <button className="cpms-button" onClick={() => setDoing('renew')} type="button">
              New recovery codes
            </button>
            {!state.isRequired && (
              <button
                className="cpms-button"
                data-kind="danger"
                onClick={() => setDoing('remove')}
                type="button"
              >
                Turn off
              </button>
            )}
          </div>
          {state.isRequired && (
            <small className="cpms-muted">
              Your role asks for it. A new phone: a Super Admin resets it, and you set it up anew.
            </small>
          )}
        </>
      )}
      {doing === 'enrol' && (
        <Dialog onClose={close} title="Turn on two-factor authentication">
          <Enrol onCancel={close} onDone={() => finish('Two-factor authentication is on.')} />
        </Dialog>
      )}
      {doing === 'renew' && (
        <RenewDialog onClose={close} onDone={() => finish('The old recovery codes are over.')} />
      )}
      {doing === 'remove' && (
        <RemoveDialog onClose={close} onDone={() => finish('Two-factor authentication is off.')} />
      )}
    </section>
  )
}

type DialogProps = { onClose: () => void; onDone: () => void }

function RenewDialog({ onClose, onDone }: DialogProps) {
  const [codes, setCodes] = useState<string[] | null>(null)
  return (
    <Dialog onClose={codes ? onDone : onClose} title="New recovery codes">
      {codes ? (
        <RecoveryCodes codes={codes} onDone={onDone} />
      ) : (
        <>
          <p>You get ten new ones. Those you have are worth nothing from then on.</p>
          <CodeForm
            cancel={{ label: 'Cancel', onCancel: onClose }}
            submit={async (code) => {
              const renewed = await save('POST', '/api/users/recovery-codes', { code })
              if (renewed.kind === 'refused') return renewed
              setCodes(renewed.body['recoveryCodes'] as string[])
              return null
            }}
            submitLabel="Make new ones"
          />
        </>
      )}
    </Dialog>
  )
}

function RemoveDialog({ onClose, onDone }: DialogProps) {
  const [password, setPassword] = useState('')
  return (
    <Dialog onClose={onClose} title="Turn off two-factor authentication">
      <p>From then on your password alone lets you in, and whoever knows it.</p>
      <CodeForm
        cancel={{ label: 'Cancel', onCancel: onClose }}
        isReady={password !== ''}
        submit={async (code) => {
          const removed = await save('POST', '/api/users/second-factor/remove', { password, code })
          if (removed.kind === 'refused') return removed
          onDone()
          return null
        }}
        submitLabel="Turn off"
      >
        <PasswordInput
          autoComplete="current-password"
          hasFocus
          label="Your password"
          name="password"
          onChange={setPassword}
          value={password}
        />
      </CodeForm>
    </Dialog>
  )
}
