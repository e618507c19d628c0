'use client'

import { toast } from '@payloadcms/ui'
import { useRouter } from 'next/navigation'
import { useState } from 'react'

import type { LoginRow } from '@/panel/security'

import { Ago } from '../ui/Ago'
import { save } from '../ui/save'

/** Where one is logged in. What is ended is out at once, open pages included. */
export function LoginsCard({ logins }: { logins: LoginRow[] }) {
  const router = useRouter()
  const [isBusy, setBusy] = useState(false)

  async function end(which: { id: string } | { others: true }, done: string): Promise<void> {
    setBusy(true)
    const ended = await save('POST', '/api/users/logins/end', which)
    setBusy(false)
    if (ended.kind === 'refused') toast.error(ended.why)
    else toast.success(done)
    router.refresh()
  }

  return (
    <section className="cpms-card" aria-label="Where you are logged in">
      <div className="cpms-card-head">
        <h2>Where you are logged in</h2>
        {logins.length > 1 && (
          <button
            className="cpms-button"
            disabled={isBusy}
            onClick={() => void end({ others: true }, 'Every other device is logged out.')}
            type="button"
          >
            Log out all others
          </button>
        )}
      </div>
      <ul className="cpms-names">
        {logins.map((login) => (
          <li key={login.id}>
            <span>
              {login.device}
              {login.isThis && <b className="cpms-this-login">this one</b>}
              <small>
                {login.ip ?? 'address unknown'} · last used{' '}
                <Ago at={login.seenAt} timezone={null} /> · since{' '}
                <Ago at={login.beganAt} timezone={null} />
              </small>
            </span>
            {!login.isThis && (
              <button
                className="cpms-button"
                data-size="small"
                disabled={isBusy}
                onClick={() => void end({ id: login.id }, `${login.device} is logged out.`)}
                type="button"
              >
                Log out<span className="cpms-sr"> {login.device}</span>
              </button>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}
