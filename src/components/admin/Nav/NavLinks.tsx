'use client'

import { NavGroup } from '@payloadcms/ui'
import { usePathname } from 'next/navigation'

import { GoTo } from '../ui/GoTo'
import type { MenuGroup } from './menu'

/** The groups in Payload's own look; where one is, is said to the eye and to the screen reader. */
export function NavLinks({ groups, folded }: { groups: MenuGroup[]; folded: string[] }) {
  const here = usePathname()
  return groups.map(({ label, items }) => (
    <NavGroup isOpen={!folded.includes(label)} key={label} label={label}>
      {items.map((item) => {
        const isHere = here === item.to || (item.to !== '/admin' && here.startsWith(`${item.to}/`))
        return (
          <GoTo
            aria-current={isHere ? 'page' : undefined}
            className="nav__link"
            id={item.id}
            key={item.id}
            to={item.to}
          >
            {isHere && <div className="nav__link-indicator" />}
            <span className="nav__link-label">{item.label}</span>
          </GoTo>
        )
      })}
    </NavGroup>
  ))
}
