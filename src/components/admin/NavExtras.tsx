'use client'

import { NavGroup } from '@payloadcms/ui'
import { usePathname } from 'next/navigation'

import { GoTo } from './ui/GoTo'

const pages = [
  { to: '/admin', label: 'Dashboard' },
  { to: '/admin/live-sessions', label: 'Live sessions' },
]

/** The menu's first group, in the look of the others. */
export function NavExtras() {
  const here = usePathname()
  return (
    <NavGroup label="Overview">
      {pages.map(({ to, label }) => (
        <GoTo className="nav__link" key={to} to={to}>
          {here === to && <div className="nav__link-indicator" />}
          <span className="nav__link-label">{label}</span>
        </GoTo>
      ))}
    </NavGroup>
  )
}
