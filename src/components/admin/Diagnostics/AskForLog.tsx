'use client'

import { toast } from '@payloadcms/ui'
import { useRouter } from 'next/navigation'
import { useState } from 'react'

import { HelpNote } from '../ui/HelpNote'
import { save } from '../ui/save'

const spans = [
  { label: 'All there is', hours: null },
  { label: 'Last 24 hours', hours: 24 },
  { label: 'Last 7 days', hours: 7 * 24 },
] as const

/** What is wanted and from when; the charger uploads it to this system by itself. */
export function AskForLog({ chargerId }: { chargerId: number }) {
  const router = useRouter()
  const [span, setSpan] = useState(0)
  const [isSending, setSending] = useState(false)

  async function ask(log: 'diagnostics' | 'security'): Promise<void> {
    setSending(true)
    const hours = spans[span]?.hours ?? null
    const from = hours === null ? null : new Date(Date.now() - hours * 3_600_000).toISOString()
    const saved = await save('POST', '/api/diagnostics', { charger: chargerId, log, from })
    setSending(false)
    if (saved.kind === 'refused') toast.error(saved.why)
    else router.refresh()
  }

  return (
    <div className="cpms-row">
      <label className="cpms-row">
        <span className="cpms-sr">From when</span>
        <select
          className="cpms-input"
          onChange={(event) => setSpan(Number(event.target.value))}
          value={span}
        >
          {spans.map(({ label }, index) => (
            <option key={label} value={index}>
              {label}
            </option>
          ))}
        </select>
      </label>
      <button
        className="cpms-button"
        disabled={isSending}
        onClick={() => void ask('diagnostics')}
        type="button"
      >
        Get diagnostics
      </button>
      <button
        className="cpms-button"
        disabled={isSending}
        onClick={() => void ask('security')}
        type="button"
      >
        Get security log
      </button>
      <HelpNote about="diagnostics">
        The charger packs its own log into a file and uploads it here, usually within minutes. It
        must reach this system’s address for files over HTTP. A charger that speaks FTP only cannot
        upload here: send GetDiagnostics over REST with the address of an FTP server of yours.
      </HelpNote>
    </div>
  )
}
