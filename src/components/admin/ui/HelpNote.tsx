'use client'

import { useEffect, useRef, useState, type ReactNode } from 'react'

/** A small "?" beside a word: the answer in place, never a link away. A click outside or Escape closes it. */
export function HelpNote({ about, children }: { about: string; children: ReactNode }) {
  const root = useRef<HTMLDetailsElement>(null)
  const text = useRef<HTMLDivElement>(null)
  const [isOpen, setOpen] = useState(false)

  useEffect(() => {
    if (!isOpen) return
    keepInside(text.current)
    const onPointer = (event: PointerEvent) => {
      if (!root.current?.contains(event.target as Node)) setOpen(false)
    }
    document.addEventListener('pointerdown', onPointer)
    return () => document.removeEventListener('pointerdown', onPointer)
  }, [isOpen])

  return (
    <details
      className="cpms-help"
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !isOpen) return
        event.stopPropagation()
        setOpen(false)
        root.current?.querySelector('summary')?.focus()
      }}
      onToggle={(event) => setOpen(event.currentTarget.open)}
      open={isOpen}
      ref={root}
    >
      <summary aria-label={`What does ${about} mean?`}>?</summary>
      <div className="cpms-help-text" ref={text}>
        {children}
      </div>
    </details>
  )
}

/** Beside the edge of a narrow screen the note moves in. */
function keepInside(note: HTMLElement | null): void {
  if (!note) return
  note.style.translate = ''
  const { left, right } = note.getBoundingClientRect()
  const over = right - (window.innerWidth - 8)
  if (over > 0) note.style.translate = `${-Math.min(over, left - 8)}px 0`
}
