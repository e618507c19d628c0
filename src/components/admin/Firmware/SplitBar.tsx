import type { CampaignRow } from '@/panel/firmwarePages'

import { whole } from '../ui/words'

type Counts = CampaignRow['counts']

const total = (counts: Counts) =>
  counts.waiting + counts.underWay + counts.installed + counts.failed + counts.cancelled

/** How an update stands over all its chargers: installed, under way, failed; the rest waits. */
export function SplitBar({ counts }: { counts: Counts }) {
  const all = total(counts)
  const parts = (['installed', 'underWay', 'failed'] as const).filter((part) => counts[part] > 0)
  return (
    <span aria-label={countsInWords(counts)} className="cpms-split-bar" role="img">
      {parts.map((part) => (
        <span data-part={part} key={part} style={{ width: `${(counts[part] * 100) / all}%` }} />
      ))}
    </span>
  )
}

/** `12 of 50 installed, 3 under way, 2 failed, 33 waiting`. */
export function countsInWords(counts: Counts): string {
  const { installed, underWay, failed, waiting, cancelled } = counts
  const parts = [
    `${whole(installed)} of ${whole(total(counts))} installed`,
    underWay > 0 && `${whole(underWay)} in progress`,
    failed > 0 && `${whole(failed)} failed`,
    waiting > 0 && `${whole(waiting)} waiting`,
    cancelled > 0 && `${whole(cancelled)} cancelled`,
  ]
  return parts.filter(Boolean).join(', ')
}
