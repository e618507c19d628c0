import type { CardLine, CardStatus } from './cardImport'

/** A card as it is kept; `isMine`: inside what the caller may change. */
export type KnownCard = {
  id: number
  uid: string
  isMine: boolean
  label: string | null
  status: CardStatus
  expiresAt: Date | null
  driverId: number | null
  fleetId: number | null
  vehicleId: number | null
  siteId: number | null
  parentIdTag: string | null
  note: string | null
}

/** What the file's names stand for. Keys: uid, e-mail, and names by `nameKey`. Only what the caller may point to. */
export type KnownWorld = {
  cards: ReadonlyMap<string, KnownCard>
  drivers: ReadonlyMap<string, { id: number; isSeen: boolean }>
  fleets: ReadonlyMap<string, number>
  vehicles: ReadonlyMap<string, number>
  sites: ReadonlyMap<string, number>
  /** For lines that name no site. */
  defaultSiteId: number | null
  /** The caller runs some sites only, so each card of his stands at one of them. */
  demandsSite: boolean
}

export type CardFields = Omit<KnownCard, 'id' | 'isMine' | 'uid'>
/** A driver who does not exist yet is named by e-mail until he has a number. */
export type PlannedCard = {
  line: number
  uid: string
  cardId: number | null
  before: CardFields | null
  fields: CardFields
  newDriverEmail: string | null
}
export type PlannedDriver = { email: string; name: string; siteId: number | null }

export type LineOutcome = {
  line: number
  uid: string
  outcome: 'created' | 'updated' | 'skipped'
  /** Why it was skipped; otherwise what came with it, or nothing. */
  reason: string | null
}

export type CardPlan = { drivers: PlannedDriver[]; cards: PlannedCard[]; outcomes: LineOutcome[] }

/** Names as people compare them: "AB12 CDE" is "ab12cde". */
export const nameKey = (name: string): string => name.toLowerCase().replaceAll(/\s+/g, '')

/** `planImport`: what becomes of each line. Nothing is written here, so that a look before costs nothing. */
export function planImport(lines: readonly CardLine[], world: KnownWorld): CardPlan {
  const drivers = new Map<string, PlannedDriver>()
  const cards: PlannedCard[] = []
  const outcomes: LineOutcome[] = []
  for (const wish of lines) {
    const planned = planLine(wish, world, drivers)
    const { line, uid } = wish
    if (typeof planned === 'string') {
      outcomes.push({ line, uid, outcome: 'skipped', reason: planned })
      continue
    }
    const { card, newDriver } = planned
    const isNew = newDriver !== null && !drivers.has(newDriver.email)
    if (isNew) drivers.set(newDriver.email, newDriver)
    cards.push(card)
    outcomes.push({
      line,
      uid,
      outcome: card.cardId === null ? 'created' : 'updated',
      reason: isNew ? `with the new driver ${newDriver.name}` : null,
    })
  }
  return { drivers: [...drivers.values()], cards, outcomes }
}

type Planned = { card: PlannedCard; newDriver: PlannedDriver | null }

/** A string is the reason why not. */
function planLine(
  wish: CardLine,
  world: KnownWorld,
  planned: ReadonlyMap<string, PlannedDriver>,
): Planned | string {
  const known = world.cards.get(wish.uid)
  if (known && !known.isMine) return 'This card exists and is not yours to change.'
  const siteId = found(wish.site, world.sites)
  if (siteId === undefined) return `There is no site "${wish.site}" among those you run.`
  const fleetId = found(wish.fleet, world.fleets)
  if (fleetId === undefined) return `There is no fleet "${wish.fleet}". Add it first, under Fleets.`
  const vehicleId = found(wish.vehicle, world.vehicles)
  if (vehicleId === undefined)
    return `There is no vehicle "${wish.vehicle}". Add it first, under Vehicles.`
  const ownSite = siteId ?? known?.siteId ?? world.defaultSiteId
  if (ownSite === null && world.demandsSite)
    return 'Say which site manages the card: fill the column site.'
  const holder = holderOf(wish, world, planned, ownSite)
  if (typeof holder === 'string') return holder

  const before = known ? fieldsOf(known) : null
  const fields: CardFields = {
    label: wish.label ?? before?.label ?? null,
    status: wish.status ?? before?.status ?? 'active',
    expiresAt: wish.expiresAt ?? before?.expiresAt ?? null,
    driverId: holder.id ?? (holder.isNew ? null : (before?.driverId ?? null)),
    fleetId: fleetId ?? before?.fleetId ?? null,
    vehicleId: vehicleId ?? before?.vehicleId ?? null,
    siteId: known ? (siteId ?? known.siteId) : ownSite,
    parentIdTag: wish.parentIdTag ?? before?.parentIdTag ?? null,
    note: wish.note ?? before?.note ?? null,
  }
  if (before && !holder.isNew && isSame(before, fields)) return 'Nothing to change.'
  return {
    card: {
      line: wish.line,
      uid: wish.uid,
      cardId: known?.id ?? null,
      before,
      fields,
      newDriverEmail: holder.isNew ? wish.driverEmail : null,
    },
    newDriver: holder.driver,
  }
}

type Holder = { id: number | null; isNew: boolean; driver: PlannedDriver | null }

function holderOf(
  wish: CardLine,
  world: KnownWorld,
  planned: ReadonlyMap<string, PlannedDriver>,
  siteId: number | null,
): Holder | string {
  const { driverEmail: email, driverName: name } = wish
  if (email === null) return { id: null, isNew: false, driver: null }
  const driver = world.drivers.get(email)
  if (driver?.isSeen) return { id: driver.id, isNew: false, driver: null }
  if (driver) return `The driver ${email} is not among those you can see.`
  if (planned.has(email)) return { id: null, isNew: true, driver: planned.get(email) ?? null }
  if (name === null)
    return `There is no driver ${email}. Give driver_name as well, and the driver is created.`
  return { id: null, isNew: true, driver: { email, name, siteId } }
}

/** Null: not asked for. Undefined: asked for and not there. */
function found(name: string | null, among: ReadonlyMap<string, number>): number | null | undefined {
  return name === null ? null : among.get(nameKey(name))
}

function fieldsOf({ id: _id, uid: _uid, isMine: _isMine, ...fields }: KnownCard): CardFields {
  return fields
}

function isSame(a: CardFields, b: CardFields): boolean {
  return JSON.stringify(a) === JSON.stringify({ ...a, ...b })
}
