'use client'

import { useDocumentInfo, useDocumentTitle } from '@payloadcms/ui'
import { useEffect } from 'react'

type Props = {
  singular: string
  /** What Payload would say, and what people say. */
  titles: Readonly<Record<string, string>>
}

/** The head of a document in words where Payload has none: `[New]`, a value instead of its name, a bare number. */
export function DocTitle({ singular, titles }: Props) {
  const { setDocumentTitle, title } = useDocumentTitle()
  const { id } = useDocumentInfo()
  const isNumber = id !== undefined && title === String(id)
  const better = isNumber ? `${singular} ${id}` : Object.hasOwn(titles, title) && titles[title]
  useEffect(() => {
    if (!better) return
    // Payload's own effect, which runs after ours, would set its own over it.
    const timer = setTimeout(() => setDocumentTitle(better))
    return () => clearTimeout(timer)
  }, [better, setDocumentTitle])
  return null
}
