'use client'

import { toast } from '@payloadcms/ui'
import { useState } from 'react'

import { useReread } from '../live/LiveContext'
import { save } from '../ui/save'

/** One request of a page: busy while it runs, its refusal as a toast, the page read anew when it worked. */
export function useAsk(): {
  isBusy: boolean
  ask(path: string, body: object, done: string): Promise<Record<string, unknown> | null>
} {
  const [isBusy, setBusy] = useState(false)
  const reread = useReread()
  return {
    isBusy,
    async ask(path, body, done) {
      setBusy(true)
      const saved = await save('POST', path, body)
      setBusy(false)
      if (saved.kind === 'refused') {
        toast.error(saved.why)
        return null
      }
      if (done) toast.success(done)
      reread()
      return saved.body
    },
  }
}
