'use client'

import { toast } from '@payloadcms/ui'
import { useState } from 'react'

import { currencyDigits } from '@/domain/money'

import { ConfirmDialog } from '../commands/ConfirmDialog'
import { toInteger } from '../fields/decimal'
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
  // one form, one entry: sent again after a lost answer it is the same
  const [key] = useState(() => crypto.randomUUID())
  const { availableMinor, currency } = wallet
  const amountMinor = toInteger(amount, currencyDigits(currency))

  async function send(): Promise<string | null> {
    if (!amountMinor) return `Give the amount as ${money(1234, currency)}.`
    const saved = await save('POST', path, { key, kind, amountMinor, reason })
    if (saved.kind === 'refused') return saved.why
    toast.success('Posted, and kept on record.')
    onDone()
    return null
  }

  return (
    <ConfirmDialog confirm="Post" onClose={onClose} send={send} title="Move money">
      <div className="cpms-fields">
        <label>
          What
          <select
            className="cpms-input"
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
      </div>
    </ConfirmDialog>
  )
}
