import { isRole, may, type Action, type Resource, type Role } from './policy'

/** What a person was given; a row of `grants`. */
export type Grant = {
  role: Role
  scope: 'all' | 'regions' | 'sites' | 'chargers'
  regionIds: readonly number[]
  siteIds: readonly number[]
  chargerIds: readonly number[]
  /** First instant it holds; null since ever. */
  from: Date | null
  /** First instant it holds no more; null for ever. */
  until: Date | null
  /** Of somebody through whose eyes another looks: it opens what may be read, and changes nothing. */
  isForReading?: boolean
}

export type Scope =
  | { kind: 'none' }
  | { kind: 'all' }
  | { kind: 'some'; regionIds: number[]; siteIds: number[]; chargerIds: number[] }

const nothing: Scope = { kind: 'none' }
const everything: Scope = { kind: 'all' }

/** What looks and leaves everything as it was. Exports and files are copies to keep, so they are not among them. */
const reading: ReadonlySet<Action> = new Set<Action>([
  'read',
  'read-public',
  'run',
  'subscribe-fleet',
  'subscribe-session',
])

/** Rows whose `own` means the person, not the sites a site owner was given. */
const personal: ReadonlySet<Resource> = new Set<Resource>(['own-account', 'preferences'])

/**
 * `scopeFor`: the records that these grants open for an action at an instant: the union over the grants that hold then,
 * each judged by its own role (an operator of site A who is a technician of site B may change A's settings only). A
 * grant of an unknown role, with an unreadable date or with an empty list opens nothing.
 */
export function scopeFor(
  grants: readonly Grant[] | null | undefined,
  resource: Resource,
  action: Action,
  now: Date,
): Scope {
  const regionIds = new Set<number>()
  const siteIds = new Set<number>()
  const chargerIds = new Set<number>()
  for (const grant of grants ?? []) {
    if (!isRole(grant.role) || !holds(grant, now)) continue
    if (grant.isForReading && !reading.has(action)) continue
    const verdict = verdictFor(grant, resource, action)
    if (verdict === 'none') continue
    if (verdict === 'all' || grant.scope === 'all') return everything
    if (grant.scope === 'regions') addAll(regionIds, grant.regionIds)
    else if (grant.scope === 'sites') addAll(siteIds, grant.siteIds)
    else if (grant.scope === 'chargers') addAll(chargerIds, grant.chargerIds)
  }
  if (regionIds.size + siteIds.size + chargerIds.size === 0) return nothing
  return {
    kind: 'some',
    regionIds: ascending(regionIds),
    siteIds: ascending(siteIds),
    chargerIds: ascending(chargerIds),
  }
}

/** `mayOwn`: whether the grants that hold allow the action on the person's own records (account, preferences). */
export function mayOwn(
  grants: readonly Grant[] | null | undefined,
  resource: Resource,
  action: Action,
  now: Date,
): boolean {
  return (grants ?? []).some(
    (grant) =>
      isRole(grant.role) &&
      !grant.isForReading &&
      holds(grant, now) &&
      may(grant.role, resource, action) === 'own',
  )
}

/** `rolesAt`: the roles a person has at an instant, strongest first. */
export function rolesAt(grants: readonly Grant[] | null | undefined, now: Date): Role[] {
  const held = new Set(
    (grants ?? []).filter((grant) => holds(grant, now)).map((grant) => grant.role),
  )
  return (['super-admin', 'operator', 'technician', 'site-owner'] as const).filter((role) =>
    held.has(role),
  )
}

/** `holds`: from ≤ now < until. A date that cannot be read opens nothing. */
export function holds(grant: Pick<Grant, 'from' | 'until'>, now: Date): boolean {
  const at = now.getTime()
  if (Number.isNaN(at)) return false
  if (grant.from && !(grant.from.getTime() <= at)) return false
  return !grant.until || at < grant.until.getTime()
}

/** `isInside`: whether a charger's place lies in a scope. Unknown ids are outside. */
export function isInside(
  scope: Scope,
  place: { regionId?: number | null; siteId?: number | null; chargerId?: number | null },
): boolean {
  if (scope.kind !== 'some') return scope.kind === 'all'
  const { regionId, siteId, chargerId } = place
  if (typeof regionId === 'number' && scope.regionIds.includes(regionId)) return true
  if (typeof siteId === 'number' && scope.siteIds.includes(siteId)) return true
  return typeof chargerId === 'number' && scope.chargerIds.includes(chargerId)
}

function verdictFor(grant: Grant, resource: Resource, action: Action): 'all' | 'scope' | 'none' {
  const verdict = may(grant.role, resource, action)
  if (verdict === 'own') {
    // A site owner's own statements and records are those of the sites given; other own rows belong to the person.
    return grant.role === 'site-owner' && !personal.has(resource) ? 'scope' : 'none'
  }
  // A super admin whose grant names sites was meant to be limited: the narrower reading is the safe one.
  if (verdict === 'all' && grant.role === 'super-admin' && grant.scope !== 'all') return 'scope'
  return verdict
}

function addAll(set: Set<number>, ids: readonly number[] | null | undefined): void {
  for (const id of ids ?? []) if (Number.isSafeInteger(id)) set.add(id)
}

function ascending(ids: Set<number>): number[] {
  return [...ids].sort((a, b) => a - b)
}
