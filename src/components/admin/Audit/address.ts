import type { AuditAsked } from '@/panel/auditLog'

const path = '/admin/collections/audit-log'

/** The filter as the address holds it, so that a view can be kept and shared. */
export function queryOf(asked: AuditAsked): URLSearchParams {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(asked)) if (value) query.set(name, String(value))
  return query
}

export function addressOf(asked: AuditAsked, more: { before?: string } = {}): string {
  const query = queryOf(asked)
  if (more.before) query.set('before', more.before)
  const text = query.toString()
  return text ? `${path}?${text}` : path
}

/** What was done to one record, from its first entry on. */
export const recordAddress = (resource: string, record: string): string =>
  `${path}?${new URLSearchParams({ resource, record })}`
