'use client'

import { toast } from '@payloadcms/ui'
import { useState } from 'react'

import { sayKnock } from '@/domain/knock'
import type { Knocks, KnocksBoard } from '@/panel/knocks'

import { sentenceOf } from '../commands/send'
import { Ago } from '../ui/Ago'
import { GoTo } from '../ui/GoTo'
import { Icon } from '../ui/Icon'
import { whole } from '../ui/words'

type Props = { knocks: Knocks; board: KnocksBoard }

/** One identity: what is wrong in plain words, what to do, and the one click that does it where there is one. */
export function KnockCard({ knocks, board }: Props) {
  const { identity, charger, cause, count, lastAt, firstAt, remoteAddress, detail, causes } = knocks
  const words = sayKnock({ cause, isRegistered: charger !== null })
  const others = Object.entries(causes).filter(([other]) => other !== cause)
  return (
    <section aria-label={identity ?? 'Without an identity'} className="cpms-card">
      <div className="cpms-card-head">
        <h2>
          {charger ? (
            <GoTo to={`/admin/collections/chargers/${charger.id}`}>{charger.name}</GoTo>
          ) : (
            <span className="cpms-mono">{identity ?? 'No identity could be read'}</span>
          )}{' '}
          {charger && (
            <span className="cpms-muted">
              {charger.siteName} · <span className="cpms-mono">{identity}</span>
            </span>
          )}
        </h2>
        <span className="cpms-pill" data-tone={cause === 'not-ready' ? 'blue' : 'amber'}>
          <Icon name="warning" /> {words.title}
        </span>
      </div>
      <p>{words.sentence}</p>
      {isImpostor(knocks) && (
        <p className="cpms-note">
          The charger itself is connected. Something else calls with its identity: a second charger
          that was set up alike, or somebody who tries.
        </p>
      )}
      <ul className="cpms-steps-list">
        {words.steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ul>
      <div className="cpms-row">
        <Remedy
          identity={identity}
          knocks={knocks}
          mayRegister={board.mayRegister}
          remedy={words.remedy}
        />
        <span className="cpms-muted">
          {count === 1 ? 'One try' : `${whole(count)} tries`}, the last{' '}
          <Ago at={lastAt} timezone={null} />
          {count > 1 && (
            <>
              , the first <Ago at={firstAt} timezone={null} />
            </>
          )}{' '}
          from {remoteAddress ?? 'an unknown address'}
        </span>
      </div>
      {others.length > 0 && (
        <p className="cpms-muted">
          Before:{' '}
          {others
            .map(([other, times]) => {
              const said = sayKnock({ cause: other, isRegistered: charger !== null }).title
              return `${said.toLowerCase()} (${whole(times)})`
            })
            .join(', ')}
        </p>
      )}
      <details className="cpms-more">
        <summary>Technical detail</summary>
        <code>{[cause, detail].filter(Boolean).join(': ')}</code>
      </details>
    </section>
  )
}

/** Connected since before the last refusal: it was not the charger that was refused. */
function isImpostor({ charger, lastAt, cause }: Knocks): boolean {
  if (!charger?.connected || !charger.connectedAt || cause === 'not-ready') return false
  return new Date(charger.connectedAt) < new Date(lastAt)
}

type RemedyProps = {
  identity: string | null
  knocks: Knocks
  mayRegister: boolean
  remedy: ReturnType<typeof sayKnock>['remedy']
}

function Remedy({ identity, knocks, mayRegister, remedy }: RemedyProps) {
  const [isDone, setDone] = useState(false)
  const id = knocks.charger?.id

  async function assume(): Promise<void> {
    const response = await fetch(`/api/chargers/${id}?depth=0`, {
      method: 'PATCH',
      credentials: 'include',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ assumesOcpp16: true }),
    }).catch(() => null)
    if (response?.ok) {
      setDone(true)
      toast.success('It is let in as OCPP 1.6 from its next try on.')
    } else {
      const body: unknown = await response?.json().catch(() => null)
      toast.error(sentenceOf(body) ?? 'It was not saved. Try again.')
    }
  }

  if (remedy === 'register' && identity && mayRegister)
    return (
      <GoTo
        className="cpms-button"
        data-kind="primary"
        to={`/admin/add-charger?identity=${encodeURIComponent(identity)}`}
      >
        Register this charger
      </GoTo>
    )
  if (remedy === 'new-password' && id)
    return (
      <GoTo className="cpms-button" to={`/admin/collections/chargers/${id}/settings`}>
        Make a new password
      </GoTo>
    )
  if (remedy === 'assume-ocpp16' && id)
    return (
      <button className="cpms-button" disabled={isDone} onClick={() => void assume()} type="button">
        {isDone ? 'It may come in now' : 'Take it as OCPP 1.6'}
      </button>
    )
  return null
}
