'use client'

import { toast } from '@payloadcms/ui'
import { useState, type FormEvent } from 'react'

import { currencyDigits } from '@/domain/money'

import { toInteger } from '../fields/decimal'
import { Dialog } from '../ui/Dialog'
import { money } from '../ui/money'
import { save } from '../ui/save'
import type { Wallet } from './DriverWallet'

const kinds = {
  'top-up': 'Pay in: the driver gave us money another way',
  refund: 'Refund: goodwill, from the network’s revenue',
  'pay-out': 'Pay out: we gave the driver money back another way',
} as const

type Props = { path: string; wallet: Wallet; onClose(): void; onDone(): void }

/** Money moved by hand, with a reason; what was posted stays, a mistake is posted back. */
export function WalletDialog({ onClose, onDone, path, wallet }: Props) {
  const [kind, setKind] = useState<keyof typeof kinds>('top-up')
  const [amount, setAmount] = useState('')
  const [reason, setReason] = useState('')
  const [problem, setProblem] = useState<string | null>(null)
  const [isBusy, setBusy] = useState(false)
  // one form, one entry: sent again after a lost answer it is the same
  const [key] = useState(() => crypto.randomUUID())
  const { availableMinor, currency } = wallet
  const amountMinor = toInteger(amount, currencyDigits(currency))

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault()
    if (!amountMinor) return setProblem(`Give the amount as ${money(1234, currency)}.`)
    setBusy(true)
    const saved = await save('POST', path, { key, kind, amountMinor, reason })
    setBusy(false)
    if (saved.kind === 'refused') return setProblem(saved.why)
    toast.success('Posted, and kept on record.')
    onClose()
    onDone()
  }

  return (
    <Dialog onClose={onClose} title="Move money">
      <form onSubmit={(event) => void submit(event)}>
        <div className="cpms-fields">
          <label>
            What
            <select
              className="cpms-select"
              data-focus
              onChange={(event) => setKind(event.target.value as keyof typeof kinds)}
              value={kind}
            >
              {Object.entries(kinds).map(([value, text]) => (
                <option key={value} value={value}>
                  {text}
                </option>
              ))}
            </select>
          </label>
          <label>
            Amount ({currency})
            <input
              className="cpms-input"
              inputMode="decimal"
              onChange={(event) => setAmount(event.target.value)}
              value={amount}
            />
            {kind === 'pay-out' && (
              <small className="cpms-muted">{money(availableMinor, currency)} at most.</small>
            )}
          </label>
          <label>
            Reason
            <textarea
              className="cpms-input"
              maxLength={300}
              onChange={(event) => setReason(event.target.value)}
              value={reason}
            />
            <small className="cpms-muted">The driver reads it in the app.</small>
          </label>
          {problem && (
            <p className="cpms-problem" role="alert">
              {problem}
            </p>
          )}
        </div>
        <div className="cpms-row">
          <button className="cpms-button" data-kind="primary" disabled={isBusy} type="submit">
            Post
          </button>
          <button className="cpms-button" onClick={onClose} type="button">
            Cancel
          </button>
        </div>
      </form>
    </Dialog>
  )
}
