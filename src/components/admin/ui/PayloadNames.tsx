'use client'

import { useEffect } from 'react'

/** Controls of Payload's lists and forms that have a picture and no name: what a screen reader should say. */
const names: readonly [selector: string, name: (element: HTMLElement) => string][] = [
  ['.clickable-arrow--left', () => 'Previous page'],
  ['.clickable-arrow--right', () => 'Next page'],
  ['#select-all', () => 'Select all rows'],
  ['td.cell-_select input[type="checkbox"]', rowName],
  ['.rs__input', fieldName],
  ['.react-datepicker__input-container input', fieldName],
  ['.rs__indicators .clear-indicator', (element) => `Clear ${fieldName(element)}`],
  [':is(.doc-controls, .array-field) .popup-button', () => 'More'],
]

/** What Payload says of its controls and is not so: to a screen reader they would be hidden, or a button in a button. */
const mends: readonly [selector: string, mend: (element: HTMLElement) => void][] = [
  ['.clear-indicator[aria-hidden]', (element) => element.removeAttribute('aria-hidden')],
  // the mouse's way to what the arrow keys open in the box beside it
  ['.dropdown-indicator:not([tabindex])', (element) => element.setAttribute('tabindex', '-1')],
  ['.rs__multi-value[role="button"]', (element) => element.setAttribute('role', 'group')],
]

function fieldName(control: HTMLElement): string {
  const label = control.closest('.field-type, .condition-value, .per-page, .list-controls')
  return (
    label?.querySelector('label, .field-label')?.textContent?.replace('*', '').trim() || 'Choose'
  )
}

function rowName(box: HTMLElement): string {
  const cells = box.closest('tr')?.querySelectorAll('td:not(.cell-_select)') ?? []
  const link = box.closest('tr')?.querySelector('.cell-name, .cell-uid, .cell-subject, .cell-email')
  return `Select ${(link ?? cells[0])?.textContent?.trim() || 'row'}`
}

/** On a phone a row is a card and its column's head is gone: each cell says what it is, and one with nothing to say goes. */
function labelCells(table: Element): void {
  const heads = [...table.querySelectorAll('thead th')].map(
    (head) => head.textContent?.trim() ?? '',
  )
  for (const row of table.querySelectorAll('tbody tr'))
    for (const [i, cell] of [...row.children].entries()) {
      if (heads[i] && cell.getAttribute('data-label') !== heads[i])
        cell.setAttribute('data-label', heads[i])
      const isSilent = /^–?$/.test(cell.textContent.trim()) && !cell.querySelector('input, svg')
      cell.toggleAttribute('data-silent', isSilent)
    }
}

/** Names them as they appear: once per change of the page, never more often than it is drawn. */
export function PayloadNames() {
  useEffect(() => {
    let frame = 0
    const name = () => {
      frame = 0
      for (const [selector, nameOf] of names)
        for (const element of document.querySelectorAll<HTMLElement>(selector))
          if (!element.getAttribute('aria-label')) {
            element.setAttribute('aria-label', nameOf(element))
            element.removeAttribute('aria-labelledby')
          }
      for (const [selector, mend] of mends)
        for (const element of document.querySelectorAll<HTMLElement>(selector)) mend(element)
      for (const table of document.querySelectorAll('.collection-list .table table'))
        labelCells(table)
      // a list without list items: the tabs of a document are links side by side
      for (const tabs of document.querySelectorAll('ul.doc-tabs__tabs:not([role])'))
        if (!tabs.querySelector(':scope > li')) tabs.setAttribute('role', 'group')
    }
    const observer = new MutationObserver(() => {
      frame ||= requestAnimationFrame(name)
    })
    observer.observe(document.body, { childList: true, subtree: true })
    name()
    return () => {
      observer.disconnect()
      cancelAnimationFrame(frame)
    }
  }, [])
  return null
}
