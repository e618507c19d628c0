'use client'

import { toast } from '@payloadcms/ui'
import { useState } from 'react'

import type { AuditAsked } from '@/panel/auditLog'

import { sentenceOf } from '../commands/send'
import { saveBlob } from '../ui/saveFile'
import { queryOf } from './address'

/** What fits the filter, as CSV. Fetched and not opened: a large one asks for the second factor first. */
export function AuditExport({ asked }: { asked: AuditAsked }) {
  const [isBusy, setBusy] = useState(false)

  async function take(): Promise<void> {
    setBusy(true)
    const response = await fetch(`/api/audit-log/export?${queryOf(asked)}`, {
      credentials: 'include',
    }).catch(() => null)
    if (response?.ok) {
      const content = await response.blob().catch(() => null)
      if (content) saveBlob('audit-log.csv', content)
      else toast.error('The file broke off. Try again, or with a shorter period.')
    } else {
      const body: unknown = await response?.json().catch(() => null)
      toast.error(sentenceOf(body) ?? 'The server did not answer. Try again.')
    }
    setBusy(false)
  }

  return (
    <button
      className="cpms-button cpms-push"
      disabled={isBusy}
      onClick={() => void take()}
      type="button"
    >
      {isBusy ? 'Exporting…' : 'Export CSV'}
    </button>
  )
}
