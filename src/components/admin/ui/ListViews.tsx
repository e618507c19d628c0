'use client'

import Link from 'next/link'
import { useSearchParams } from 'next/navigation'

export type ListView = { label: string; where: Record<string, string> | null }

/** Filters that are asked for every day, as tabs above a list; `where` is in Payload's own query language. */
export function ListViews({ slug, views }: { slug: string; views: readonly ListView[] }) {
  const params = useSearchParams()
  const here = [...params]
    .filter(([name]) => name.startsWith('where'))
    .map(([name, value]) => `${name}=${value}`)
    .sort()
    .join('&')
  return (
    <nav aria-label="Views" className="cpms-row">
      {views.map(({ label, where }) => {
        const query = Object.entries(where ?? {}).map(([path, value], i) => [
          `where[or][0][and][${i}]${path}`,
          value,
        ])
        const key = query
          .map(([name, value]) => `${name}=${value}`)
          .sort()
          .join('&')
        return (
          <Link
            aria-current={key === here ? 'page' : undefined}
            className="cpms-chip"
            href={`/admin/collections/${slug}?${new URLSearchParams(query)}`}
            key={label}
            prefetch={false}
          >
            {label}
          </Link>
        )
      })}
    </nav>
  )
}
