'use client'

import { useDocumentTitle } from '@payloadcms/ui'
import { useEffect } from 'react'

/** The head of a document in words where Payload has none: `[New]`, or a value instead of its name. */
export function DocTitle({ titles }: { titles: Readonly<Record<string, string>> }) {
  const { setDocumentTitle, title } = useDocumentTitle()
  const better = Object.hasOwn(titles, title) ? titles[title] : undefined
  useEffect(() => {
    if (!better) return
    // Payload's own effect, which runs after ours, would set its own over it.
    const timer = setTimeout(() => setDocumentTitle(better))
    return () => clearTimeout(timer)
  }, [better, setDocumentTitle])
  return null
}
