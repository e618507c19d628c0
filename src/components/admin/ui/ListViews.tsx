'use client'

import Link from 'next/link'
import { useSearchParams } from 'next/navigation'

export type ListView = { label: string; where: Record<string, string> | null }

/** The view of an hour ago is still the same view. */
const timeless = (query: string) => query.replace(/=\d{4}-\d\d-\d\dT[^&]*/g, '=then')

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
            aria-current={timeless(key) === timeless(here) ? 'page' : undefined}
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
