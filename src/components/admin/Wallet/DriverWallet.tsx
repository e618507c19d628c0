'use client'

import '../people.css'

import { useDocumentInfo } from '@payloadcms/ui'
import { useCallback, useEffect, useState } from 'react'

import { Ago } from '../ui/Ago'
import { money } from '../ui/money'
import { WalletDialog } from './WalletDialog'

export type Wallet = {
  availableMinor: number
  heldMinor: number
  currency: string
  mayPost: boolean
  entries: {
    id: string
    kind: string
    amountMinor: number
    currency: string
    reason: string | null
    at: string
  }[]
}

const words: Readonly<Record<string, string>> = {
  'top-up': 'Paid in',
  hold: 'Set aside for a charge',
  capture: 'Taken for a charge',
  release: 'Given back after a charge',
  refund: 'Refund',
  'pay-out': 'Paid out',
}
const isOut = (kind: string) => kind === 'hold' || kind === 'pay-out'

/** On a driver's page: what is in the wallet, what happened in it, and money moved by hand. */
export function DriverWallet() {
  const { id } = useDocumentInfo()
  const [wallet, setWallet] = useState<Wallet | 'failed' | null>(null)
  const [isOpen, setOpen] = useState(false)
  const path = `/api/drivers/${id}/wallet`

  const load = useCallback(async () => {
    const response = await fetch(path, { credentials: 'include' }).catch(() => null)
    // who may not see it is shown nothing
    if (response?.status === 404) return
    setWallet(response?.ok ? ((await response.json()) as Wallet) : 'failed')
  }, [path])
  useEffect(() => void (id && load()), [id, load])

  if (!id || wallet === null) return null
  if (wallet === 'failed')
    return (
      <div className="field-type cpms-card">
        <h3>Wallet</h3>
        <p className="cpms-problem">The wallet could not be read.</p>
        <button className="cpms-button" onClick={() => void load()} type="button">
          Try again
        </button>
      </div>
    )
  const { availableMinor, currency, entries, heldMinor, mayPost } = wallet
  return (
    <div className="field-type cpms-card">
      <div className="cpms-card-head">
        <h3>Wallet</h3>
        {mayPost && (
          <button className="cpms-button" onClick={() => setOpen(true)} type="button">
            Move Money
          </button>
        )}
      </div>
      <p>
        <strong>{money(availableMinor, currency)}</strong> to spend
        {heldMinor > 0 && <>, {money(heldMinor, currency)} set aside for charges under way</>}.
      </p>
      {entries.length === 0 ? (
        <p className="cpms-muted">Nothing has happened in this wallet yet.</p>
      ) : (
        <ul className="cpms-names">
          {entries.map((entry) => (
            <li key={entry.id}>
              <span>
                {words[entry.kind] ?? entry.kind}
                {entry.reason && <small>{entry.reason}</small>}
              </span>
              <span>
                {isOut(entry.kind) && '−'}
                {money(entry.amountMinor, entry.currency)}
                <small>
                  <Ago at={entry.at} timezone={null} />
                </small>
              </span>
            </li>
          ))}
        </ul>
      )}
      {isOpen && (
        <WalletDialog
          onClose={() => setOpen(false)}
          onDone={() => void load()}
          path={path}
          wallet={wallet}
        />
      )}
    </div>
  )
}
