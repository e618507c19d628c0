import type { ReactNode } from 'react'

/** A small "?" beside a word: the answer in place, never a link away. */
export function HelpNote({ about, children }: { about: string; children: ReactNode }) {
  return (
    <details className="cpms-help">
      <summary aria-label={`What does ${about} mean?`}>?</summary>
      <div className="cpms-help-text">{children}</div>
    </details>
  )
}
