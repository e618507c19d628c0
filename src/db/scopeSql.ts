import type { Scope } from '../domain/scope'

export type ScopeColumns = {
  /** SQL expressions of the row's charger and site ids; null where the row has none. */
  charger: string | null
  site: string | null
}

/**
 * `scopeSql`: a scope as an SQL condition, the twin of `hooks/access/byPolicy`. Pushes its values onto `values` and
 * names them by position, so call it when the parameters before it are already there. Column names come from code only.
 */
export function scopeSql(scope: Scope, columns: ScopeColumns, values: unknown[]): string {
  if (scope.kind === 'all') return 'true'
  if (scope.kind === 'none') return 'false'
  const place = (ids: number[]) => `$${values.push(ids)}::int[]`
  const either: string[] = []
  if (columns.charger && scope.chargerIds.length > 0)
    either.push(`${columns.charger} = any(${place(scope.chargerIds)})`)
  if (columns.site && scope.siteIds.length > 0)
    either.push(`${columns.site} = any(${place(scope.siteIds)})`)
  if (columns.site && scope.regionIds.length > 0)
    either.push(
      `${columns.site} in (select id from sites where region_id = any(${place(scope.regionIds)}))`,
    )
  return either.length > 0 ? `(${either.join(' or ')})` : 'false'
}
