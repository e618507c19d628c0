import type { ClientCollectionConfig, PaginatedDocs } from 'payload'

import { GoTo } from '../ui/GoTo'
import { emptyWords } from './words'

type Props = {
  collectionConfig: Pick<ClientCollectionConfig, 'slug'>
  data?: PaginatedDocs
  hasCreatePermission?: boolean
  searchParams?: Record<string, unknown>
}

/** Where a list has nothing yet: what will stand here and how it gets there. A search that finds nothing is no empty list. */
export function EmptyList({ collectionConfig, data, hasCreatePermission, searchParams }: Props) {
  const words = emptyWords[collectionConfig.slug]
  if (!words || data?.totalDocs !== 0 || isNarrowed(searchParams ?? {})) return null
  const { title, text, button, to, offers } = words
  return (
    <div className="cpms-empty" data-empty-list>
      <h2>{title}</h2>
      <p>{text}</p>
      {button && (to || hasCreatePermission) && (
        <GoTo
          className="cpms-button"
          data-kind="primary"
          to={to ?? `/admin/collections/${collectionConfig.slug}/create`}
        >
          {button}
        </GoTo>
      )}
      {offers && hasCreatePermission && (
        <p className="cpms-row">
          {offers.map((offer) => (
            <GoTo className="cpms-button" key={offer.to} to={offer.to}>
              {offer.label}
            </GoTo>
          ))}
        </p>
      )}
    </div>
  )
}

function isNarrowed(searchParams: Record<string, unknown>): boolean {
  return Object.entries(searchParams).some(
    ([key, value]) => /^(search|where)/.test(key) && Boolean(value),
  )
}
