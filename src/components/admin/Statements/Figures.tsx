import type { StatementFigures } from '@/panel/statementPage'

import { money } from '../ui/money'
import { dayAndTime, kWh, whole } from '../ui/words'

/** The same figures as on the paper: what it came to, by charger, and what has changed of earlier periods. */
export function Figures({ figures }: { figures: StatementFigures }) {
  const { sums, heldBack } = figures
  const [main, ...others] = sums.amounts
  return (
    <>
      <section className="cpms-card">
        <div className="cpms-measures">
          <Measure
            value={main ? money(main.amountMinor, main.currency) : '–'}
            word="Total, tax included"
          />
          <Measure value={main ? money(main.taxMinor, main.currency) : '–'} word="of it tax" />
          <Measure value={`${kWh(sums.energyWh)} kWh`} word="Energy" />
          <Measure value={whole(sums.sessions)} word="Sessions" />
        </div>
        {others.map((one) => (
          <p className="cpms-muted" key={one.currency}>
            and {money(one.amountMinor, one.currency)} in {one.currency}
          </p>
        ))}
        {heldBack > 0 && (
          <p className="cpms-note">
            {whole(heldBack)} {heldBack === 1 ? 'session has' : 'sessions have'} no final price yet.
            They follow as corrections in a later statement.
          </p>
        )}
      </section>
      <section className="cpms-card">
        <h2>By charger</h2>
        {sums.chargers.length === 0 ? (
          <p className="cpms-muted">No session began in this period.</p>
        ) : (
          <table className="cpms-table">
            <thead>
              <tr>
                <th>Charger</th>
                {figures.siteCount > 1 && <th>Site</th>}
                <th className="cpms-num">Sessions</th>
                <th className="cpms-num">Energy (kWh)</th>
                <th className="cpms-num">Tax</th>
                <th className="cpms-num">Total</th>
              </tr>
            </thead>
            <tbody>
              {sums.chargers.map((row, index) => (
                <tr key={index}>
                  <td data-label="Charger">{row.name}</td>
                  {figures.siteCount > 1 && <td data-label="Site">{row.site}</td>}
                  <td className="cpms-num" data-label="Sessions">
                    {whole(row.sessions)}
                  </td>
                  <td className="cpms-num" data-label="Energy (kWh)">
                    {kWh(row.energyWh)}
                  </td>
                  <td className="cpms-num" data-label="Tax">
                    {money(row.taxMinor, row.currency)}
                  </td>
                  <td className="cpms-num" data-label="Total">
                    {money(row.amountMinor, row.currency)}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </section>
      {sums.corrections.length > 0 && <Corrections figures={figures} />}
    </>
  )
}

function Corrections({ figures }: { figures: StatementFigures }) {
  const { corrections, correctionCount } = figures.sums
  return (
    <section className="cpms-card">
      <h2>Corrections of earlier periods</h2>
      <table className="cpms-table">
        <thead>
          <tr>
            <th>Session began</th>
            <th>Charger</th>
            <th>Why</th>
            <th className="cpms-num">Energy (kWh)</th>
            <th className="cpms-num">Total</th>
          </tr>
        </thead>
        <tbody>
          {corrections.map((one, index) => (
            <tr key={index}>
              <td data-label="Session began">
                {dayAndTime(new Date(one.startedAt), figures.zone)}
              </td>
              <td data-label="Charger">{one.charger}</td>
              <td data-label="Why">{one.kind === 'late' ? 'reported late' : 'changed since'}</td>
              <td className="cpms-num" data-label="Energy (kWh)">
                {kWh(one.energyWh)}
              </td>
              <td className="cpms-num" data-label="Total">
                {money(one.amountMinor, one.currency)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {correctionCount > corrections.length && (
        <p className="cpms-muted">and {whole(correctionCount - corrections.length)} more.</p>
      )}
    </section>
  )
}

function Measure({ word, value }: { word: string; value: string }) {
  return (
    <div className="cpms-measure">
      <span className="cpms-muted">{word}</span>
      <strong className="cpms-statement-figure">{value}</strong>
    </div>
  )
}
