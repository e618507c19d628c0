'use client'

import { toast } from '@payloadcms/ui'
import { useState } from 'react'

import type { UserSignIn } from '@/panel/userSignIn'

import { ConfirmDialog } from '../commands/ConfirmDialog'
import { Ago } from '../ui/Ago'
import { save } from '../ui/save'
import { actionsFor, type SignInAction } from './signInActionList'

/** How somebody signs in, in words, and the buttons for it; each asks first and says what came of it. */
export function SignInActions({
  userId,
  name,
  page,
}: {
  userId: number
  name: string
  page: UserSignIn
}) {
  // kept here and not read again: the form around this would start over
  const [state, setState] = useState(page)
  const [chosen, setChosen] = useState<SignInAction | null>(null)

  async function run(action: SignInAction): Promise<string | null> {
    const done = await save('POST', `/api/users/${userId}/${action.path}`, action.body ?? {})
    if (done.kind === 'refused') return done.why
    if (action.path === 'view-as') {
      window.location.assign('/admin')
      return null
    }
    setState({ ...state, ...action.after })
    toast.success(action.done(name))
    return null
  }

  return (
    <div className="field-type cpms-card">
      <div className="cpms-card-head">
        <h3>Sign-in</h3>
        <Status state={state} />
      </div>
      <dl className="cpms-facts">
        <dt>Two-factor authentication</dt>
        <dd>
          {state.hasSecondFactor
            ? 'on'
            : state.needsSecondFactor
              ? 'off: is set up at the next login'
              : 'off'}
        </dd>
        <dt>Logged in</dt>
        <dd>
          {state.logins === 0
            ? 'nowhere'
            : state.logins === 1
              ? 'on 1 device'
              : `on ${state.logins} devices`}
        </dd>
        <dt>Last used</dt>
        <dd>
          <Ago at={state.seenAt} timezone={null} />
        </dd>
        {state.isSuspended && state.suspendedAt && (
          <>
            <dt>Suspended</dt>
            <dd>
              <Ago at={state.suspendedAt} timezone={null} />
              {state.suspendedBy && ` by ${state.suspendedBy}`}
            </dd>
          </>
        )}
      </dl>
      <div className="cpms-row">
        {actionsFor(state).map((action) => (
          <button
            className="cpms-button"
            data-kind={action.isDanger ? 'danger' : undefined}
            key={action.label}
            onClick={() => setChosen(action)}
            type="button"
          >
            {action.label}
          </button>
        ))}
      </div>
      {chosen && (
        <ConfirmDialog
          confirm={chosen.confirm}
          danger={chosen.isDanger}
          onClose={() => setChosen(null)}
          send={() => run(chosen)}
          title={chosen.title(name)}
        >
          <p>{chosen.consequence}</p>
        </ConfirmDialog>
      )}
    </div>
  )
}

function Status({ state }: { state: UserSignIn }) {
  const [tone, words] = state.isSuspended
    ? (['red', 'Suspended'] as const)
    : state.isLocked
      ? (['amber', 'Locked: too many tries'] as const)
      : (['green', 'Active'] as const)
  return (
    <span className="cpms-security-state" data-tone={tone}>
      {words}
    </span>
  )
}
