'use client'

import { Since } from '../ui/Ago'
import { kW, kWh } from '../ui/words'
import { useChargerRow } from './useChargerRow'

type Now = {
  sessions: number
  powerW: number | null
  energyWh: number | null
  startedAt: string | null
}
const nothing: object = {}

export function NowFigures({ chargerId, now }: { chargerId: number; now: Now | null }) {
  const heard = useChargerRow<Partial<Now> & { hasEnded?: boolean }>(
    chargerId,
    now ?? nothing,
    (before, { event, tick }) => {
      // Figures of several charges at one charger are summed by the server only.
      if (event?.kind === 'session.ended' && (now?.sessions ?? 0) <= 1) return { hasEnded: true }
      if (event?.kind === 'session.started')
        return { sessions: 1, powerW: null, energyWh: 0, startedAt: event.at }
      if (!tick || (now?.sessions ?? 1) > 1) return null
      return {
        ...before,
        powerW: tick.w ?? before?.powerW ?? now?.powerW ?? null,
        energyWh: tick.wh,
      }
    },
  )
  if (heard?.hasEnded || (!now && !heard?.startedAt)) return <span className="cpms-muted">–</span>
  const shown = { ...now, ...heard }
  return (
    <span className="cpms-now">
      <b>{kW(shown.powerW)}</b> kW · {kWh(shown.energyWh)} kWh
      {shown.startedAt && (
        <>
          {' '}
          · <Since at={shown.startedAt} />
        </>
      )}
    </span>
  )
}
