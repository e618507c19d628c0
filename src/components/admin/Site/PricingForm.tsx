'use client'

import { toast } from '@payloadcms/ui'
import { useRouter } from 'next/navigation'
import { useState, type FormEvent } from 'react'

import { currencyDigits, isCurrency } from '@/domain/money'
import type { SitePricing, SiteTariff } from '@/panel/sitePage'

import { toInteger, toText } from '../fields/decimal'
import { save } from '../ui/save'
import { ExampleCost } from './ExampleCost'
import { DecimalInput } from './DecimalInput'

type Kind = 'energy' | 'time'
type Texts = { energy: string; time: string; fee: string; tax: string; currency: string }

const rateDigits = 6

/** Per kWh or per minute first; everything else behind "Advanced"; what it comes to below, while one types. */
export function PricingForm({ pricing, siteId }: { pricing: SitePricing; siteId: number }) {
  const { own, standard, sharedWith, mayChange } = pricing
  const shown = own ?? standard
  const [kind, setKind] = useState<Kind>(firstKind(shown))
  const [texts, setTexts] = useState<Texts>(() => textsOf(shown, pricing.currency))
  const [isTaxIncluded, setTaxIncluded] = useState(shown?.taxIncluded ?? true)
  const [isEverywhere, setEverywhere] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const [isSaving, setSaving] = useState(false)
  const router = useRouter()

  const currency = texts.currency.trim().toUpperCase()
  const fields = read(texts, currency, isTaxIncluded)
  const put = (name: keyof Texts) => (text: string) => setTexts({ ...texts, [name]: text })
  const other: Kind = kind === 'energy' ? 'time' : 'energy'

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault()
    if (!fields) return
    setSaving(true)
    const saved = await save('POST', `/api/sites/${siteId}/pricing`, {
      ...fields,
      everywhere: isEverywhere,
    })
    setSaving(false)
    setProblem(saved.kind === 'refused' ? saved.why : null)
    if (saved.kind === 'refused') return
    toast.success('The price is saved. It counts for sessions that start from now on.')
    router.refresh()
  }

  return (
    <form className="cpms-block cpms-pricing" onSubmit={(event) => void submit(event)}>
      {!own && (
        <p className="cpms-note">
          {standard
            ? `This site has no price of its own: "${standard.name}", the default tariff, holds here.`
            : 'This site has no price yet, and there is no default tariff: its sessions wait for review.'}
        </p>
      )}
      <fieldset className="cpms-choices" disabled={!mayChange}>
        <legend>How is charging priced here?</legend>
        {(['energy', 'time'] as const).map((one) => (
          <label className="cpms-choice" data-chosen={kind === one} key={one}>
            <input
              checked={kind === one}
              name="kind"
              onChange={() => setKind(one)}
              type="radio"
              value={one}
            />
            <span>
              <strong>{one === 'energy' ? 'Per kWh' : 'Per minute'}</strong>
              <small>
                {one === 'energy'
                  ? 'For the energy that was charged.'
                  : 'For the time from start to stop, whatever the car takes.'}
              </small>
            </span>
          </label>
        ))}
      </fieldset>
      <Rate
        currency={currency}
        kind={kind}
        onChange={put(kind)}
        readOnly={!mayChange}
        texts={texts}
      />
      <details className="cpms-advanced" open={hasMore(shown, kind)}>
        <summary>Advanced</summary>
        <div className="cpms-advanced-fields">
          <Rate
            currency={currency}
            isExtra
            kind={other}
            onChange={put(other)}
            readOnly={!mayChange}
            texts={texts}
          />
          <DecimalInput
            digits={currencyDigits(currency)}
            label="Fee per session"
            onChange={put('fee')}
            readOnly={!mayChange}
            text={texts.fee}
            unit={currency}
          />
          <DecimalInput
            digits={2}
            label="Tax"
            onChange={put('tax')}
            readOnly={!mayChange}
            text={texts.tax}
            unit="%"
          />
          <label className="cpms-check">
            <input
              checked={isTaxIncluded}
              disabled={!mayChange}
              onChange={(event) => setTaxIncluded(event.target.checked)}
              type="checkbox"
            />
            Prices include tax
          </label>
          <label className="cpms-field">
            Currency (three letters)
            <input
              className="cpms-input cpms-short"
              disabled={!mayChange}
              maxLength={3}
              onChange={(event) => put('currency')(event.target.value)}
              value={texts.currency}
            />
          </label>
        </div>
      </details>
      <ExampleCost fields={fields} />
      {sharedWith && mayChange && (
        <fieldset className="cpms-choices">
          <legend>{saySharing(sharedWith)}</legend>
          {[false, true].map((everywhere) => (
            <label
              className="cpms-choice"
              data-chosen={isEverywhere === everywhere}
              key={String(everywhere)}
            >
              <input
                checked={isEverywhere === everywhere}
                name="where"
                onChange={() => setEverywhere(everywhere)}
                type="radio"
              />
              <span>
                <strong>{everywhere ? 'Change it everywhere' : 'Change it here only'}</strong>
                <small>
                  {everywhere
                    ? 'The other places pay the new price too.'
                    : 'This site gets a price of its own.'}
                </small>
              </span>
            </label>
          ))}
        </fieldset>
      )}
      {problem && (
        <p className="cpms-problem" role="alert">
          {problem}
        </p>
      )}
      {mayChange && (
        <div className="cpms-row">
          <button
            className="cpms-button"
            data-kind="primary"
            disabled={!fields || isSaving}
            type="submit"
          >
            {isSaving ? 'Saving…' : 'Save'}
          </button>
          <span className="cpms-muted">Sessions that run now keep the price they began with.</span>
        </div>
      )}
    </form>
  )
}

function Rate({
  kind,
  currency,
  texts,
  isExtra,
  readOnly,
  onChange,
}: {
  kind: Kind
  currency: string
  texts: Texts
  isExtra?: boolean
  readOnly: boolean
  onChange: (text: string) => void
}) {
  const per = kind === 'energy' ? 'kWh' : 'minute'
  return (
    <DecimalInput
      digits={rateDigits}
      label={isExtra ? `And per ${per}` : `Price per ${per}`}
      onChange={onChange}
      readOnly={readOnly}
      text={texts[kind]}
      unit={`${currency} per ${per}`}
    />
  )
}

const firstKind = (tariff: SiteTariff | null): Kind =>
  tariff && tariff.energyRateMicros === null && tariff.timeRateMicros !== null ? 'time' : 'energy'

const hasMore = (tariff: SiteTariff | null, kind: Kind): boolean =>
  tariff !== null &&
  ((kind === 'energy' ? tariff.timeRateMicros : tariff.energyRateMicros) !== null ||
    Boolean(tariff.sessionFeeMinor))

function textsOf(tariff: SiteTariff | null, currency: string): Texts {
  const own = tariff?.currency ?? currency
  return {
    energy: toText(tariff?.energyRateMicros, rateDigits),
    time: toText(tariff?.timeRateMicros, rateDigits),
    fee: toText(tariff?.sessionFeeMinor, currencyDigits(own)),
    tax: toText(tariff?.taxBasisPoints ?? 2000, 2),
    currency: own,
  }
}

/** Null while something typed is no number, or no price is given. */
function read(texts: Texts, currency: string, taxIncluded: boolean) {
  const energyRateMicros = toInteger(texts.energy, rateDigits)
  const timeRateMicros = toInteger(texts.time, rateDigits)
  const sessionFeeMinor = toInteger(texts.fee, currencyDigits(currency))
  const taxBasisPoints = toInteger(texts.tax, 2)
  const isWrong =
    [energyRateMicros, timeRateMicros, sessionFeeMinor, taxBasisPoints].includes(undefined) ||
    !isCurrency(currency) ||
    (energyRateMicros === null && timeRateMicros === null) ||
    (taxBasisPoints ?? 0) > 10_000
  if (isWrong) return null
  return {
    currency,
    energyRateMicros: energyRateMicros ?? null,
    timeRateMicros: timeRateMicros ?? null,
    sessionFeeMinor: sessionFeeMinor ?? null,
    taxBasisPoints: taxBasisPoints ?? 0,
    taxIncluded,
  }
}

function saySharing({
  sites,
  chargers,
  isDefault,
}: NonNullable<SitePricing['sharedWith']>): string {
  const places = [
    sites > 0 && `${sites} other ${sites === 1 ? 'site' : 'sites'}`,
    chargers > 0 && `${chargers} single ${chargers === 1 ? 'charger' : 'chargers or connectors'}`,
    isDefault && 'every site without a price of its own',
  ].filter(Boolean)
  return `This price also holds for ${places.join(' and ')}.`
}
