'use client'

import { sayEvent } from '@/domain/eventWords'
import type { ChargerEvent } from '@/panel/chargerTabs'

import { Help } from '../help/Help'
import { Icon } from '../ui/Icon'
import { duration, exactly } from '../ui/words'

type Props = { event: ChargerEvent; where: string | null; timezone: string }

/** When, what, what it means, what to try; the codes as they came, small. */
export function EventRow({ event, where, timezone }: Props) {
  const words = sayEvent(event)
  const at = new Date(event.at)
  const clock = isOff(event.deviceTime, at) ? event.deviceTime : null
  return (
    <li className="cpms-line" data-kind={event.kind}>
      <time className="cpms-muted" dateTime={event.at}>
        {exactly(at, timezone)}
      </time>
      <div>
        <span className="cpms-row">
          <span className="cpms-pill" data-tone={words.tone}>
            <Icon name={words.icon} />
            {words.title}
          </span>
          {where && <span>{where}</span>}
          {event.kind === 'charger.disconnected' && (
            <>
              <span>{sayGap(at, event.until)}</span>
              <Help topic="offline" />
            </>
          )}
          <span className="cpms-line-sentence">{words.sentence}</span>
        </span>
        {words.steps.length > 0 && (
          <ul>
            {words.steps.map((step) => (
              <li key={step}>{step}</li>
            ))}
          </ul>
        )}
        {(words.code || clock) && (
          <small className="cpms-muted">
            {[words.code, clock && `the charger’s clock: ${clock}`].filter(Boolean).join(' · ')}
          </small>
        )}
      </div>
    </li>
  )
}

/** Its clock is worth a word only where it tells another time than ours, or none that can be read. */
function isOff(deviceTime: string | null, at: Date): boolean {
  if (!deviceTime) return false
  const skewMs = Math.abs(new Date(deviceTime).getTime() - at.getTime())
  return !(skewMs < 60_000)
}

function sayGap(from: Date, until: string | null): string {
  if (until === null) return 'Not back yet'
  return `Back after ${duration((new Date(until).getTime() - from.getTime()) / 1000)}`
}
