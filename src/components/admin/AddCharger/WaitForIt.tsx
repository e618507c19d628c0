'use client'

import { useEffect, useState } from 'react'

import { sayKnock } from '@/domain/knock'
import type { Knocks, KnocksBoard } from '@/panel/knocks'

import { useLive } from '../live/LiveContext'
import { Ago } from '../ui/Ago'
import { Icon } from '../ui/Icon'
import type { Made } from './ChargerForm'

const everyMs = 4_000

/** Says what the charger is doing about it: nothing yet, a try that failed and why, or that it is there. */
export function WaitForIt({ made }: { made: Made }) {
  const [isHere, setHere] = useState(false)
  const [knock, setKnock] = useState<Knocks | null>(null)
  const [beganAt] = useState(() => Date.now())

  useLive({
    onEvent(event) {
      if (event.chargerId === made.id && /^charger\.(connected|booted)$/.test(event.kind))
        setHere(true)
    },
  })
  useEffect(() => {
    if (isHere) return
    const timer = setInterval(() => {
      fetch(`/api/knocks?identity=${encodeURIComponent(made.identity)}`, { credentials: 'include' })
        .then(async (response) => {
          if (!response.ok) return
          const last = ((await response.json()) as KnocksBoard).knocks[0]
          if (!last) return
          if (last.charger?.connected) setHere(true)
          else if (new Date(last.lastAt).getTime() > beganAt) setKnock(last)
        })
        .catch(() => {
          // asked again in a moment
        })
      fetch(`/api/chargers/${made.id}?depth=0&select[connected]=true`, { credentials: 'include' })
        .then(async (response) => {
          const doc = response.ok ? ((await response.json()) as { connected?: boolean }) : {}
          if (doc.connected) setHere(true)
        })
        .catch(() => {
          // asked again in a moment
        })
    }, everyMs)
    return () => clearInterval(timer)
  }, [made, isHere, beganAt])

  const words = knock && sayKnock({ cause: knock.cause, isRegistered: true })
  return (
    <section aria-live="polite" className="cpms-card cpms-noprint">
      {isHere ? (
        <p className="cpms-row">
          <span className="cpms-pill" data-size="large" data-tone="green">
            <Icon name="check" /> Connected
          </span>
          {made.name} is connected and shows on the dashboard.
        </p>
      ) : words ? (
        <>
          <p className="cpms-row">
            <span className="cpms-pill" data-size="large" data-tone="amber">
              <Icon name="warning" /> {words.title}
            </span>
            <span>
              It tried <Ago at={knock.lastAt} timezone={null} /> and was not let in.{' '}
              {words.sentence}
            </span>
          </p>
          <ul className="cpms-steps-list">
            {words.steps.map((step) => (
              <li key={step}>{step}</li>
            ))}
          </ul>
        </>
      ) : (
        <p className="cpms-row">
          <span aria-hidden="true" className="cpms-waiting" />
          Waiting for its first call. It appears here within seconds, and if it is not let in, the
          reason.
        </p>
      )}
    </section>
  )
}
