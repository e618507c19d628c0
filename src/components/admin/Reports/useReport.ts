'use client'

import { useEffect, useState } from 'react'

import type { TotalsShown } from './ReportTable'
import type { ColumnShown } from './words'

export type ReportShown = {
  subtitle: string
  period: { words: string }
  columns: ColumnShown[]
  rows: (string | number | null)[][]
  totals: TotalsShown
  charts: {
    title: string
    labels: string[]
    series: { key: string; title: string; format: string; values: (number | null)[] }[]
  }[]
  limit: number
  offset: number
}

/** What the server answers to a filter; the answer before stays on the page until the next one is there. */
export function useReport(report: string, query: string) {
  const [shown, setShown] = useState<ReportShown | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const [isLoading, setLoading] = useState(true)
  const [tries, setTries] = useState(0)
  useEffect(() => {
    const left = new AbortController()
    setLoading(true)
    fetch(`/api/reports/${report}?${query}`, { credentials: 'include', signal: left.signal })
      .then(async (response) => {
        const body = (await response.json().catch(() => null)) as
          (ReportShown & { detail?: string; errors?: { message: string }[] }) | null
        if (response.ok && body) {
          setShown(body)
          setProblem(null)
        } else
          setProblem(
            body?.detail ??
              body?.errors?.[0]?.message ??
              'The report could not be read. Try again.',
          )
        setLoading(false)
      })
      .catch(() => {
        if (left.signal.aborted) return
        setProblem('The server cannot be reached. Check the connection and try again.')
        setLoading(false)
      })
    return () => left.abort()
  }, [report, query, tries])
  return { shown, problem, isLoading, retry: () => setTries(tries + 1) }
}
