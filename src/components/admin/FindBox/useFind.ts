'use client'

import { useEffect, useState } from 'react'

import type { Found } from '@/panel/find'

import { sentenceOf } from '../commands/send'

const waitMs = 110

export type Finding = { query: string; docs: Found[]; problem: string | null }

const nothing: Finding = { query: '', docs: [], problem: null }

/** What matches the text, asked for when somebody pauses typing; what was found before stays until then. */
export function useFind(text: string): Finding & { isLooking: boolean } {
  const query = text.trim()
  const [finding, setFinding] = useState(nothing)
  useEffect(() => {
    if (query === '') {
      setFinding(nothing)
      return
    }
    const left = new AbortController()
    const timer = setTimeout(() => {
      fetch(`/api/find?q=${encodeURIComponent(query)}`, {
        credentials: 'include',
        signal: left.signal,
      })
        .then(async (response) => {
          const body: unknown = await response.json().catch(() => null)
          if (response.ok)
            setFinding({ query, docs: (body as { docs: Found[] }).docs, problem: null })
          else setFinding({ query, docs: [], problem: sentenceOf(body) ?? 'The search failed.' })
        })
        .catch(() => {
          if (!left.signal.aborted)
            setFinding({ query, docs: [], problem: 'The server did not answer. Try again.' })
        })
    }, waitMs)
    return () => {
      clearTimeout(timer)
      left.abort()
    }
  }, [query])
  return { ...finding, isLooking: finding.query !== query }
}
