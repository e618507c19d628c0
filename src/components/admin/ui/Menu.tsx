'use client'

import { useEffect, useRef, useState, type KeyboardEvent, type ReactNode } from 'react'

import { Icon, type IconName } from './Icon'

export type MenuItem = {
  key: string
  icon: IconName
  label: string
  note?: string
  danger?: boolean
  disabled?: boolean
  onSelect: () => void
}

export type MenuGroup = { key: string; title?: string; items: MenuItem[] }

/** A button with a menu: arrows walk it, Escape and a click outside close it, focus returns to the button. */
export function Menu({
  label,
  groups,
  children,
}: {
  label: string
  groups: MenuGroup[]
  children?: ReactNode
}) {
  const [isOpen, setOpen] = useState(false)
  const root = useRef<HTMLDivElement>(null)
  const button = useRef<HTMLButtonElement>(null)

  useEffect(() => {
    if (!isOpen) return
    const onPointer = (event: PointerEvent) => {
      if (!root.current?.contains(event.target as Node)) setOpen(false)
    }
    document.addEventListener('pointerdown', onPointer)
    items(root.current)[0]?.focus()
    return () => document.removeEventListener('pointerdown', onPointer)
  }, [isOpen])

  function close(): void {
    setOpen(false)
    button.current?.focus()
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (!isOpen) return
    const all = items(root.current)
    const at = all.indexOf(document.activeElement as HTMLButtonElement)
    if (event.key === 'Escape') close()
    else if (event.key === 'Tab') setOpen(false)
    else if (event.key === 'ArrowDown') all[(at + 1) % all.length]?.focus()
    else if (event.key === 'ArrowUp') all[(at - 1 + all.length) % all.length]?.focus()
    else return
    if (event.key !== 'Tab') event.preventDefault()
  }

  return (
    <div className="cpms-menu" onKeyDown={onKeyDown} ref={root}>
      <button
        aria-expanded={isOpen}
        aria-haspopup="menu"
        className="cpms-button"
        data-kind="primary"
        onClick={() => setOpen(!isOpen)}
        ref={button}
        type="button"
      >
        {label}
        {children}
        <span aria-hidden="true">▾</span>
      </button>
      {isOpen && (
        <div className="cpms-menu-list" role="menu">
          {groups.map((group) => (
            <div key={group.key} role="group" aria-label={group.title}>
              {group.title && <div className="cpms-menu-group">{group.title}</div>}
              {group.items.map((item) => (
                <button
                  className="cpms-menu-item"
                  data-kind={item.danger ? 'danger' : undefined}
                  disabled={item.disabled}
                  key={item.key}
                  onClick={() => {
                    close()
                    item.onSelect()
                  }}
                  role="menuitem"
                  type="button"
                >
                  <Icon name={item.icon} />
                  <span>
                    {item.label}
                    {item.note && <small>{item.note}</small>}
                  </span>
                </button>
              ))}
            </div>
          ))}
        </div>
      )}
    </div>
  )
}

function items(root: HTMLElement | null): HTMLButtonElement[] {
  return [...(root?.querySelectorAll<HTMLButtonElement>('[role="menuitem"]:not(:disabled)') ?? [])]
}
