import {
  campaignWords,
  isUnderWay,
  percentOf,
  stepWords,
  type CampaignState,
  type TargetState,
} from '@/domain/firmware'

import { Icon, type IconName } from '../ui/Icon'

type Look = { tone: string; icon: IconName }

const targetLooks: Readonly<Record<TargetState, Look>> = {
  waiting: { tone: 'grey', icon: 'clock' },
  sent: { tone: 'blue', icon: 'arrow' },
  downloading: { tone: 'blue', icon: 'arrow' },
  downloaded: { tone: 'blue', icon: 'arrow' },
  installing: { tone: 'blue', icon: 'restart' },
  installed: { tone: 'green', icon: 'check' },
  failed: { tone: 'red', icon: 'cross' },
  cancelled: { tone: 'grey', icon: 'stop' },
}

const campaignLooks: Readonly<Record<CampaignState, Look>> = {
  scheduled: { tone: 'grey', icon: 'clock' },
  running: { tone: 'blue', icon: 'arrow' },
  halted: { tone: 'amber', icon: 'pause' },
  done: { tone: 'green', icon: 'check' },
  cancelled: { tone: 'grey', icon: 'stop' },
}

/** The FAQ's word while it is on its way, and the step it is in below the bar. */
export function TargetStep({ state, percent }: { state: TargetState; percent: number }) {
  const look = targetLooks[state]
  const word = isUnderWay(state) ? 'Update in Progress' : stepWords[state]
  const shown = percentOf(state, percent)
  return (
    <span className="cpms-step-word">
      <span className="cpms-row">
        <span className="cpms-pill" data-tone={look.tone}>
          <Icon name={look.icon} /> {word}
        </span>
      </span>
      {state !== 'waiting' && state !== 'cancelled' && (
        <span
          aria-label={`${word}: ${stepWords[state]}`}
          aria-valuemax={100}
          aria-valuemin={0}
          aria-valuenow={shown}
          className="cpms-track"
          data-state={state}
          role="progressbar"
        >
          <span style={{ width: `${shown}%` }} />
        </span>
      )}
      {isUnderWay(state) && (
        <span className="cpms-muted">
          {stepWords[state]}
          {state === 'downloading' && percent > 0 && `, ${percent} %`}
        </span>
      )}
    </span>
  )
}

export function CampaignPill({ state }: { state: CampaignState }) {
  const look = campaignLooks[state]
  return (
    <span className="cpms-pill" data-tone={look.tone}>
      <Icon name={look.icon} /> {campaignWords[state]}
    </span>
  )
}
