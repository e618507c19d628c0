'use client'

import { toast } from '@payloadcms/ui'
import { useState } from 'react'

import { useReread } from '../live/LiveContext'
import { save } from '../Ticket/save'
import { Icon } from '../ui/Icon'

const laterMs = 6_000

/** Sends a test, or one delivery again; the page is read again when it has had time to arrive. */
export function DeliveryButton({ webhook, delivery }: { webhook: number; delivery?: number }) {
  const [isBusy, setBusy] = useState(false)
  const reread = useReread()
  async function send(): Promise<void> {
    setBusy(true)
    const problem =
      delivery === undefined
        ? await save('POST', `/api/webhooks/${webhook}/test`, {})
        : await save('POST', `/api/webhooks/${webhook}/redeliver`, { delivery })
    setBusy(false)
    if (problem) toast.error(problem)
    else {
      toast.info('It is on its way.')
      setTimeout(reread, laterMs)
    }
    reread()
  }
  return (
    <button className="cpms-button" disabled={isBusy} onClick={() => void send()} type="button">
      <Icon name={delivery === undefined ? 'arrow' : 'restart'} />
      {delivery === undefined ? 'Send a test' : 'Send again'}
    </button>
  )
}
