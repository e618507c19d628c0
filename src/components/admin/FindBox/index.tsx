'use client'

import './find.css'

import { useEffect, useState } from 'react'

import { Icon } from '../ui/Icon'
import { FindDialog } from './FindDialog'

/** On every page: Ctrl-K, or the box in the bar, an icon where the bar is narrow. */
export function FindBox() {
  const [isOpen, setOpen] = useState(false)
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent): void {
      if (!(event.ctrlKey || event.metaKey) || event.altKey || event.key.toLowerCase() !== 'k')
        return
      // In a text editor Ctrl-K makes a link.
      if (event.target instanceof HTMLElement && event.target.isContentEditable) return
      event.preventDefault()
      setOpen(true)
    }
    document.addEventListener('keydown', onKeyDown)
    return () => document.removeEventListener('keydown', onKeyDown)
  }, [])
  return (
    <>
      <button
        aria-haspopup="dialog"
        aria-keyshortcuts="Control+K Meta+K"
        className="cpms-header-button cpms-find-button"
        onClick={() => setOpen(true)}
        type="button"
      >
        <Icon name="search" />
        <span>Find</span>
        <kbd>Ctrl K</kbd>
      </button>
      {isOpen && <FindDialog onClose={() => setOpen(false)} />}
    </>
  )
}
