import '../people.css'

import type { Payload } from 'payload'

import { loadPriceGroupMembers } from '@/panel/priceGroupMembers'

import { AddInDrawer } from '../ui/AddInDrawer'
import { GoTo } from '../ui/GoTo'
import { whole } from '../ui/words'

type Props = {
  id?: number | string
  data?: { id?: number | string }
  payload: Payload
  user?: { id: number | string; collection?: string } | null
}

const kinds = [
  { slug: 'drivers', title: 'Drivers', add: 'Add driver' },
  { slug: 'fleets', title: 'Fleets, with all their drivers and cards', add: 'Add fleet' },
  { slug: 'rfid-cards', title: 'Single cards', add: 'Add Card' },
] as const

/** On a price group's page: who pays by it. A person joins on their own page, or is made here. */
export async function PriceGroupMembers({ id, data, payload, user }: Props) {
  const groupId = Number(id ?? data?.id)
  if (!Number.isSafeInteger(groupId)) return null
  const page = await loadPriceGroupMembers({ payload, user }, groupId)
  if (!page) return null
  const isEmpty = kinds.every(({ slug }) => page[slug].count === 0)
  return (
    <div className="field-type cpms-card">
      <h3>Who is in it</h3>
      {isEmpty && (
        <p className="cpms-muted">
          Nobody yet. Choose this group on the page of a driver, a fleet or a card, or add one here.
        </p>
      )}
      {kinds.map(({ slug, title, add }) => (
        <section key={slug}>
          <div className="cpms-card-head">
            <h4>
              {title} ({whole(page[slug].count)})
            </h4>
            {page.mayAdd && (
              <AddInDrawer collection={slug} label={add} start={{ priceGroup: groupId }} />
            )}
          </div>
          {page[slug].count > 0 && (
            <ul className="cpms-names">
              {page[slug].some.map((one) => (
                <li key={one.id}>
                  <GoTo to={`/admin/collections/${slug}/${one.id}`}>{one.name}</GoTo>
                </li>
              ))}
              {page[slug].count > page[slug].some.length && (
                <li>
                  <GoTo
                    to={`/admin/collections/${slug}?where[or][0][and][0][priceGroup][equals]=${groupId}`}
                  >
                    All {whole(page[slug].count)}
                  </GoTo>
                </li>
              )}
            </ul>
          )}
        </section>
      ))}
    </div>
  )
}
