import { formatRate } from '@/domain/money'
import { conditionWords, originWords } from '@/domain/tariff/why'
import type { LedgerLineRow, SessionDetail } from '@/panel/sessionPage'

import { money } from '../ui/money'
import { dayAndTime, duration, kWh } from '../ui/words'

/** What it costs in the end, with its corrections; null where it is not known. */
export const finalMinor = (session: SessionDetail): number | null =>
  session.costMinor === null ? null : session.costMinor + (session.correctionMinor ?? 0)

export const finalWh = (session: SessionDetail): number | null =>
  session.energyWh === null ? null : session.energyWh + (session.correctionWh ?? 0)

/** What it costs, line by line: quantity × rate, so that anybody can add it up. */
export function CostTable({ session }: { session: SessionDetail }) {
  const { lines, currency } = session
  if (lines.length === 0) return <NoLines session={session} />
  return (
    <section className="cpms-block">
      <h2>Cost</h2>
      <WhyThisPrice session={session} />
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
                <span>
                  {kinds[line.kind] ?? line.kind}
                  {whenWords(session, line) && (
                    <small className="cpms-muted cpms-under">{whenWords(session, line)}</small>
                  )}
                </span>
              </td>
              <td data-label="From">
                <span>
                  {line.fromAt ? dayAndTime(new Date(line.fromAt), session.timezone) : '–'}
                  {line.untilAt && line.untilAt !== line.fromAt && (
                    <small className="cpms-muted cpms-under">
                      until {dayAndTime(new Date(line.untilAt), session.timezone)}
                    </small>
                  )}
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
              <strong>
                {session.corrections.length > 0 ? 'Total of the lines' : 'Total to pay'}
              </strong>
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

/** Where the price came from, and since when that tariff has been so. */
function WhyThisPrice({ session }: { session: SessionDetail }) {
  const why = originWords(session)
  if (!why) return null
  return (
    <p className="cpms-note">
      {why}
      {session.tariffSince && (
        <span className="cpms-muted">
          {' '}
          Frozen when the charge began: version {session.tariffVersion}, of{' '}
          {dayAndTime(new Date(session.tariffSince), session.timezone)}.
        </span>
      )}
    </p>
  )
}

/** When the price of a line holds; nothing where it holds always. */
function whenWords(session: SessionDetail, line: LedgerLineRow): string | null {
  const element = line.element === null ? undefined : session.elements?.[line.element]
  return element && (element.name || element.restrictions) ? conditionWords(element) : null
}

function NoLines({ session }: { session: SessionDetail }) {
  const why =
    session.stoppedAt === null
      ? 'The lines are written when the charge has ended; until then the cost above is an estimate.'
      : session.pricedAt && session.costMinor !== null
        ? 'The lines of this cost were not kept.'
        : session.status === 'needs-review'
          ? 'The cost is not known yet; above stands why.'
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
