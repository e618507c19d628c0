'use client'

import { useEffect } from 'react'

const words: Readonly<Record<string, string>> = {
  bold: 'Bold',
  italic: 'Italic',
  inlineCode: 'Code',
  link: 'Link',
  text: 'Kind of text',
}

/** The editor's buttons are pictures without a name and its text has no label: both get theirs here, as they appear. */
export function EditorNames({ label }: { label: string }) {
  useEffect(() => {
    function name(): void {
      for (const text of all('.rich-text-lexical .ContentEditable__root:not([aria-label])'))
        text.setAttribute('aria-label', label)
      for (const button of all('.rich-text-lexical [data-button-key]:not([aria-label])')) {
        const key = button.dataset['buttonKey'] ?? ''
        button.setAttribute('aria-label', words[key] ?? key)
      }
      for (const button of all('.rich-text-lexical .toolbar-popup__dropdown:not([aria-label])'))
        button.setAttribute('aria-label', 'Kind of text')
      for (const [part, word] of [
        ['edit', 'Edit the link'],
        ['trash', 'Remove the link'],
      ] as const)
        for (const button of all(`.rich-text-lexical .link-${part}:not([aria-label])`))
          button.setAttribute('aria-label', word)
    }
    name()
    const observer = new MutationObserver(name)
    observer.observe(document.body, { childList: true, subtree: true })
    return () => observer.disconnect()
  }, [label])
  return null
}

const all = (selector: string) => document.querySelectorAll<HTMLElement>(selector)
