import { Gutter } from '@payloadcms/ui'
import type { ReactNode } from 'react'

import type { ChargerPage } from '@/panel/chargerPage'

import { PageTitle } from '../ui/PageTitle'

/** The frame of a charger's tab: its path above, its parts below the head that all tabs share. */
export function ChargerTab({
  page,
  label,
  children,
}: {
  page: ChargerPage
  label: string
  children: ReactNode
}) {
  const { id, name } = page.board
  return (
    <Gutter className="cpms-page cpms-doc">
      <PageTitle
        path={[
          { label: 'Chargers', url: '/collections/chargers' },
          { label: name, url: `/collections/chargers/${id}` },
          { label },
        ]}
      />
      {children}
    </Gutter>
  )
}

/** A word of the address; what is not a single text is none. */
export function textOf(
  searchParams: Record<string, string | string[] | undefined> | undefined,
  name: string,
): string | null {
  const value = searchParams?.[name]
  return typeof value === 'string' && value !== '' ? value : null
}
