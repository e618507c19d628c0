import type { FleetBoard, Usage } from '@/panel/fleetPage'

import { GoTo } from '../ui/GoTo'
import { HelpNote } from '../ui/HelpNote'
import { money } from '../ui/money'
import { kWhShort, whole } from '../ui/words'

/** Sessions, energy and cost of this month, last month beside each; where the fleet may charge in private. */
export function FleetUsage({ board }: { board: FleetBoard }) {
  const { thisMonth, lastMonth, timezone } = board
  const month = new Date(board.monthStart).toLocaleDateString('en-GB', {
    month: 'long',
    year: 'numeric',
    timeZone: timezone,
  })
  return (
    <section className="cpms-block">
      <div className="cpms-block-head">
        <h2>
          Usage in {month}{' '}
          <HelpNote about="a fleet’s usage">
            Sessions that its drivers began, or that were begun with one of its cards or the card of
            one of its vehicles, as they belong to the fleet today. Months begin at midnight in{' '}
            {timezone}.
          </HelpNote>
        </h2>
      </div>
      <div className="cpms-figures">
        <Figure label="Sessions" note={`last month ${whole(lastMonth.sessions)}`}>
          {whole(thisMonth.sessions)}
        </Figure>
        <Figure label="Energy" note={`last month ${kWhShort(lastMonth.energyWh)} kWh`} unit="kWh">
          {kWhShort(thisMonth.energyWh)}
        </Figure>
        <Figure label="Cost" note={`last month ${costs(lastMonth)}`}>
          {costs(thisMonth)}
        </Figure>
      </div>
      <p className="cpms-muted">
        {board.chargers.length === 0
          ? 'No private charger names this fleet. On a charger’s Access tab it can be let in as a group.'
          : 'Let into these private chargers: '}
        {board.chargers.map((charger, i) => (
          <span key={charger.id}>
            {i > 0 && ', '}
            <GoTo to={`/admin/collections/chargers/${charger.id}`}>{charger.name}</GoTo>
            {charger.siteName && ` (${charger.siteName})`}
          </span>
        ))}
      </p>
    </section>
  )
}

/** `£12.40`, or `£12.40 + €3.00`. */
export function costs(usage: Usage): string {
  if (usage.costs.length === 0) return '–'
  return usage.costs.map((one) => money(one.costMinor, one.currency)).join(' + ')
}

function Figure({
  label,
  note,
  unit,
  children,
}: {
  label: string
  note: string
  unit?: string
  children: string
}) {
  return (
    <div className="cpms-figure">
      <span className="cpms-figure-label">{label}</span>
      <span className="cpms-figure-value">
        {children}
        {unit && <span className="cpms-figure-unit">{unit}</span>}
      </span>
      <span className="cpms-figure-note">{note}</span>
    </div>
  )
}
