import Link from 'next/link'
import type { ReactNode } from 'react'

/** A link inside the panel: no full reload, and nothing is fetched before it is wanted. */
export function GoTo({
  to,
  className = 'cpms-link',
  children,
  ...rest
}: {
  to: string
  className?: string
  children: ReactNode
  id?: string
  'aria-current'?: 'page' | undefined
  'data-tone'?: string
  'data-kind'?: string
}) {
  return (
    <Link className={className} href={to} prefetch={false} {...rest}>
      {children}
    </Link>
  )
}
