import { formatRate } from '@/domain/money'
import type { LedgerLineRow, SessionDetail } from '@/panel/sessionPage'

import { money } from '../ui/money'
import { dayAndTime, duration, kWh } from '../ui/words'

/** What it costs, line by line: quantity × rate, so that anybody can add it up. */
export function CostTable({ session }: { session: SessionDetail }) {
  const { lines, currency } = session
  if (lines.length === 0) return <NoLines session={session} />
  return (
    <section className="cpms-block">
      <h2>Cost</h2>
      <table className="cpms-table">
        <thead>
          <tr>
            <th>For</th>
            <th>From</th>
            <th className="cpms-num">Quantity</th>
            <th className="cpms-num">Rate</th>
            <th className="cpms-num">Before tax</th>
            <th className="cpms-num">Tax</th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={line.line}>
              <td data-label="For">
                <span>{kinds[line.kind] ?? line.kind}</span>
              </td>
              <td data-label="From">
                <span>
                  {line.fromAt ? dayAndTime(new Date(line.fromAt), session.timezone) : '–'}
                </span>
              </td>
              <td className="cpms-num" data-label="Quantity">
                <span>{quantity(line)}</span>
              </td>
              <td className="cpms-num" data-label="Rate">
                <span>{rate(line, currency)}</span>
              </td>
              <td className="cpms-num" data-label="Before tax">
                <span>{money(line.amountMinor, currency)}</span>
              </td>
              <td className="cpms-num" data-label="Tax">
                <span>{money(line.taxMinor, currency)}</span>
              </td>
            </tr>
          ))}
          <tr className="cpms-total">
            <td data-label="Total">
              <strong>Total to pay</strong>
            </td>
            <td />
            <td />
            <td />
            <td />
            <td className="cpms-num" data-label="Amount">
              <strong>{money(session.costMinor, currency)}</strong>
            </td>
          </tr>
        </tbody>
      </table>
    </section>
  )
}

function NoLines({ session }: { session: SessionDetail }) {
  const why =
    session.stoppedAt === null
      ? 'The lines are written when the charge has ended; until then the cost above is an estimate.'
      : session.pricedAt && session.costMinor !== null
        ? 'The lines of this cost were not kept.'
        : session.pricedAt
          ? 'No tariff applied when this session began, so it has no price. Set one on the site: it applies to sessions that begin from then on.'
          : 'The price is being worked out; it takes a few seconds.'
  return (
    <section className="cpms-block">
      <h2>Cost</h2>
      <p className="cpms-note">{why}</p>
    </section>
  )
}

const kinds: Readonly<Record<string, string>> = {
  energy: 'Energy',
  time: 'Time',
  flat: 'Session fee',
  parking: 'Idle time after the charge',
  minimum: 'Up to the minimum price',
  maximum: 'Down to the maximum price',
}

function quantity(line: LedgerLineRow): string {
  if (line.unit === 'Wh') return `${kWh(line.quantity)} kWh`
  if (line.unit === 's') return duration(line.quantity)
  return '1'
}

function rate(line: LedgerLineRow, currency: string | null): string {
  if (!currency) return '–'
  const per = line.unit === 'Wh' ? ' per kWh' : line.unit === 's' ? ' per min' : ''
  return `${formatRate(line.rateMicros, currency)}${per}`
}
