'use client'

import './review.css'

import { toast } from '@payloadcms/ui'
import { useRouter } from 'next/navigation'
import { useState } from 'react'

import { currencyDigits } from '@/domain/money'
import type { SessionDetail } from '@/panel/sessionPage'

import { ConfirmDialog } from '../commands/ConfirmDialog'
import { toInteger } from '../fields/decimal'
import { money } from '../ui/money'
import { save } from '../ui/save'
import { finalMinor } from './CostTable'

export type CorrectionTask = 'adjustment' | 'settlement' | 'accepted' | 'price-again'

const titles: Readonly<Record<CorrectionTask, string>> = {
  adjustment: 'Correct this session',
  settlement: 'Settle what is to be paid',
  accepted: 'Accept this price',
  'price-again': 'Price this session again',
}

const buttons: Readonly<Record<CorrectionTask, string>> = {
  adjustment: 'Correct',
  settlement: 'Settle',
  accepted: 'Accept',
  'price-again': 'Price again',
}

type Props = {
  session: SessionDetail
  task: CorrectionTask
  tariffs: readonly { id: number; name: string }[]
  onClose: () => void
}

/** One decision about a session, with its reason. What is decided stays on record. */
export function CorrectionDialog({ session, task, tariffs, onClose }: Props) {
  const [direction, setDirection] = useState<'less' | 'more'>('less')
  const [amount, setAmount] = useState('')
  const [energy, setEnergy] = useState('')
  const [tax, setTax] = useState('20')
  const [terms, setTerms] = useState('now')
  const [reason, setReason] = useState('')
  const router = useRouter()
  const currency = session.currency ?? 'GBP'
  const digits = currencyDigits(currency)
  const sign = task === 'adjustment' && direction === 'less' ? -1 : 1
  const amountMinor = toInteger(amount, digits)
  const energyWh = toInteger(energy, 3)
  const taxRate = toInteger(tax, 2)
  const takesAmount = task === 'adjustment' || task === 'settlement'

  async function send(): Promise<string | null> {
    if (amountMinor === undefined) return `Give the amount as ${money(1234, currency)}.`
    if (energyWh === undefined) return 'Give the energy in kWh, e.g. 12.5.'
    if (taxRate == null || taxRate > 10_000) return 'Give the tax in per cent, e.g. 20.'
    const saved = await save('POST', `/api/sessions/${session.id}/corrections`, {
      kind: task,
      reason,
      ...(takesAmount
        ? { amountMinor: sign * (amountMinor ?? 0), energyWh: sign * (energyWh ?? 0) }
        : {}),
      ...(task === 'settlement' ? { taxBasisPoints: taxRate } : {}),
      ...(task === 'price-again' ? termsOf(terms) : {}),
    })
    if (saved.kind === 'refused') return saved.why
    toast.success(task === 'price-again' ? 'The price is being worked out.' : 'Kept on record.')
    router.refresh()
    return null
  }

  return (
    <ConfirmDialog confirm={buttons[task]} onClose={onClose} send={send} title={titles[task]}>
      <div className="cpms-fields">
        {task === 'accepted' && (
          <p>
            It costs {money(finalMinor(session), currency)}, and this becomes final. The doubt stays
            on record beside your reason.
          </p>
        )}
        {task === 'adjustment' && (
          <label>
            It costs
            <select
              className="cpms-input"
              data-focus
              onChange={(event) => setDirection(event.target.value as 'less' | 'more')}
              value={direction}
            >
              <option value="less">less than {money(finalMinor(session), currency)}</option>
              <option value="more">more than {money(finalMinor(session), currency)}</option>
            </select>
          </label>
        )}
        {task === 'price-again' && (
          <label>
            By which price
            <select
              className="cpms-input"
              data-focus
              onChange={(event) => setTerms(event.target.value)}
              value={terms}
            >
              <option value="now">
                {session.priceSource === null
                  ? `What holds at ${session.chargerName} now`
                  : 'The tariff it began with'}
              </option>
              {tariffs.map((tariff) => (
                <option key={tariff.id} value={tariff.id}>
                  {tariff.name}
                </option>
              ))}
              <option value="free">None: this session is free</option>
            </select>
          </label>
        )}
        {takesAmount && (
          <>
            <label>
              {task === 'settlement' ? 'To be paid' : 'By how much'}, with tax ({currency})
              <input
                className="cpms-input"
                inputMode="decimal"
                onChange={(event) => setAmount(event.target.value)}
                value={amount}
              />
            </label>
            <label>
              {task === 'settlement'
                ? 'Energy taken (kWh), if it is known'
                : 'Energy (kWh), if it is wrong too'}
              <input
                className="cpms-input"
                inputMode="decimal"
                onChange={(event) => setEnergy(event.target.value)}
                value={energy}
              />
            </label>
          </>
        )}
        {task === 'settlement' && (
          <label>
            Tax in it (%)
            <input
              className="cpms-input"
              inputMode="decimal"
              onChange={(event) => setTax(event.target.value)}
              value={tax}
            />
          </label>
        )}
        <label>
          Reason
          <textarea
            className="cpms-input"
            maxLength={500}
            onChange={(event) => setReason(event.target.value)}
            value={reason}
          />
          <small className="cpms-muted">
            Seen by whoever opens this session, and on the next statement of the site.
          </small>
        </label>
      </div>
    </ConfirmDialog>
  )
}

const termsOf = (terms: string) =>
  terms === 'now' ? {} : terms === 'free' ? { isFree: true } : { tariff: Number(terms) }
