'use client'

import { toast } from '@payloadcms/ui'
import { useState } from 'react'

import { sentenceOf } from '../commands/send'
import { useReread } from '../live/LiveContext'
import { Icon } from '../ui/Icon'

export function RetryMail({ id }: { id: number }) {
  const [isAsked, setAsked] = useState(false)
  const reread = useReread()
  async function retry(): Promise<void> {
    setAsked(true)
    const response = await fetch('/api/undelivered-mail', {
      method: 'POST',
      credentials: 'include',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ id }),
    }).catch(() => null)
    if (response?.ok) toast.success('It is tried again now.')
    else {
      const body: unknown = await response?.json().catch(() => null)
      toast.error(sentenceOf(body) ?? 'The server did not answer. Try again.')
    }
    setAsked(false)
    reread()
  }
  return (
    <button className="cpms-button" disabled={isAsked} onClick={() => void retry()} type="button">
      <Icon name="restart" /> Try again
    </button>
  )
}
