'use client'

import { useDocumentTitle, useStepNav } from '@payloadcms/ui'
import { useEffect } from 'react'

/** The path above a page of ours (addresses without `/admin`), and its title where the row's own is no name. */
export function PageTitle({
  path,
  title,
}: {
  path: { label: string; url?: string }[]
  title?: string
}) {
  const { setStepNav } = useStepNav()
  const key = JSON.stringify(path)
  useEffect(() => {
    const steps = JSON.parse(key) as { label: string; url?: string }[]
    setStepNav(steps.map(({ label, url }) => (url ? { label, url: `/admin${url}` } : { label })))
  }, [key, setStepNav])
  return title ? <DocumentTitle title={title} /> : null
}

function DocumentTitle({ title }: { title: string }) {
  const { setDocumentTitle, title: shown } = useDocumentTitle()
  useEffect(() => {
    if (shown === title) return
    // Payload's own effect, which runs after ours, would set its number over it.
    const timer = setTimeout(() => setDocumentTitle(title))
    return () => clearTimeout(timer)
  }, [title, shown, setDocumentTitle])
  return null
}
