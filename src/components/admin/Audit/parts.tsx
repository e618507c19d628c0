import type { Payload } from 'payload'

import type { AuditLine } from '@/panel/auditLog'

import { GoTo } from '../ui/GoTo'
import { Icon } from '../ui/Icon'
import { sayReason, sayResult, sentence } from './words'

/** Kinds of records by the names of the menu. */
export function namesOf(payload: Payload): {
  singular: (resource: string) => string
  plural: (resource: string) => string
  hasPage: (resource: string) => boolean
} {
  const find = (slug: string) => payload.config.collections.find((one) => one.slug === slug)
  const text = (label: unknown, slug: string) =>
    typeof label === 'string' ? label : sentence(slug)
  return {
    singular: (slug) => text(find(slug)?.labels.singular, slug),
    plural: (slug) => text(find(slug)?.labels.plural, slug),
    hasPage: (slug) => {
      const collection = find(slug)
      return collection !== undefined && collection.admin.hidden !== true
    },
  }
}

/** The record an entry is about, as the way to it. */
export function RecordLink({ line, payload }: { line: AuditLine; payload: Payload }) {
  const { resource, resourceId, recordName } = line
  const names = namesOf(payload)
  if (resource === 'api' || resource === '') return <span className="cpms-muted">–</span>
  if (resourceId === null) return <span>{names.plural(resource)}</span>
  const words = `${names.singular(resource)} ${recordName ?? resourceId}`
  const isThere = line.action !== 'delete' && /^\d+$/.test(resourceId) && names.hasPage(resource)
  if (!isThere) return <span>{words}</span>
  return <GoTo to={`/admin/collections/${resource}/${resourceId}`}>{words}</GoTo>
}

export function ResultPill({ line }: { line: AuditLine }) {
  if (line.result !== 'refused') return <span>{sayResult(line.result)}</span>
  return (
    <span className="cpms-list-text">
      <span>
        <span className="cpms-pill" data-tone="amber">
          <Icon name="cross" /> {sayResult(line.result)}
        </span>
      </span>
      {line.reason && <span className="cpms-muted">{sayReason(line.reason)}</span>}
    </span>
  )
}
