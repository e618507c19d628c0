'use client'

import { useAllFormFields } from '@payloadcms/ui'
import { useEffect, useRef } from 'react'

/** Payload asks the server 250 ms after a change. */
const askedAfterMs = 250
/** An answer that takes longer than this is waited for by Payload itself. */
const underWayMs = 15_000

/**
 * Every change in a form reaches the server. Payload (3.90, forms/Form) notes what it has asked about when an answer is
 * merged, and notes with it what was changed in the 250 ms before: nobody asks about that any more, and a field that
 * waits for its condition never appears. So after a change that may have met an answer the form is made to ask again.
 */
export function HeardOut() {
  const [fields, dispatch] = useAllFormFields()
  const latest = useRef(fields)
  const changedAt = useRef(-Infinity)
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)

  useEffect(() => {
    const before = latest.current
    latest.current = fields
    if (!Object.keys(fields).some((path) => fields[path]?.value !== before[path]?.value)) return
    const now = performance.now()
    const sinceMs = now - changedAt.current
    changedAt.current = now
    clearTimeout(timer.current)
    if (sinceMs < askedAfterMs || sinceMs > underWayMs) return
    timer.current = setTimeout(() => {
      const path = untouched(latest.current)
      // nothing is different afterwards but which field was touched last, and that is enough to be asked about
      if (path) dispatch({ type: 'UPDATE', path, value: latest.current[path]!.value })
    }, askedAfterMs * 2)
  }, [fields, dispatch])

  useEffect(() => () => clearTimeout(timer.current), [])
  return null
}

function untouched(fields: ReturnType<typeof useAllFormFields>[0]): string | undefined {
  return Object.keys(fields).find((path) => {
    const field = fields[path]!
    return 'value' in field && !('isModified' in field) && !field.rows && !field.disableFormData
  })
}
