import { hear, keyOf, type Desk } from './charger'
import { openBook, type Book, type IncidentChanges, type KnownIncident } from './book'
import type { Happening } from './happenings'
import { wordsOf } from './kinds'
import { newMemory, type ChargerMemory } from './memory'
import { incidentRules as rules } from './rules'
import { dueOf, passTime, silenceDueMs, tellOffline, tellPowerLoss } from './time'

export type SiteInput = {
  siteId: number
  /** All chargers of the site that are remembered; who is not among them is new. */
  memories: ReadonlyMap<number, ChargerMemory>
  /** Live incidents of the site and its chargers, and those that closed within the last half hour. */
  incidents: readonly KnownIncident[]
  happenings: readonly Happening[]
  /** Until when time has passed; before everything is heard that happened until then it must not run ahead. */
  untilMs: number
  offlineAfterMs: number
}

export type SiteOutcome = {
  memories: Map<number, { memory: ChargerMemory; dueMs: number | null }>
  changes: IncidentChanges
}

export const siteKey = (siteId: number) => `site/${siteId}/site-power-lost`

type Site = {
  siteId: number
  desks: Map<number, Desk>
  book: Book
  /** What is due since before (an excuse has ended, say) happens now and not in the past. */
  clockMs: number
}

/**
 * `judgeSite`: what happened at the chargers of one site, in order of time, and the time that passed between and after;
 * answers what the rules remember from now on and what becomes of incidents. The same input in one piece or in many
 * gives the same; what was heard twice changes nothing where it matters. Writes nothing of what it was given.
 */
export function judgeSite(input: SiteInput): SiteOutcome {
  const book = openBook(input.incidents)
  const site: Site = { siteId: input.siteId, desks: new Map(), book, clockMs: -Infinity }
  const deskOf = (chargerId: number, memory: ChargerMemory): Desk => {
    const desk = { chargerId, memory, book, offlineAfterMs: input.offlineAfterMs }
    site.desks.set(chargerId, desk)
    return desk
  }
  for (const [chargerId, memory] of input.memories) deskOf(chargerId, structuredClone(memory))
  const inOrder = [...input.happenings].sort((a, b) => a.atMs - b.atMs)
  for (const happening of inOrder) {
    passUntil(site, Math.min(happening.atMs, input.untilMs))
    const { chargerId, atMs } = happening
    site.clockMs = Math.max(site.clockMs, atMs)
    const desk = site.desks.get(chargerId) ?? deskOf(chargerId, newMemory(atMs))
    const wasDark = isToldBySite(desk)
    hear(desk, happening)
    if (wasDark && !isToldBySite(desk)) settleSite(site, atMs)
  }
  passUntil(site, input.untilMs)
  const memories = [...site.desks].map(([chargerId, desk]) => {
    return [chargerId, { memory: desk.memory, dueMs: waitsUntil(site, desk) }] as const
  })
  return { memories: new Map(memories), changes: book.changes() }
}

const isFlapping = ({ book, chargerId }: Desk) => book.isLive(keyOf(chargerId, 'flapping'))
/** Two dues at one instant are two steps; a rule that does not move on must not hold the worker for ever. */
const mostSteps = 10_000

function passUntil(site: Site, untilMs: number): void {
  for (let step = 0; step < mostSteps; step++) {
    let next: { desk: Desk; dueMs: number } | null = null
    for (const desk of site.desks.values()) {
      const dueMs = waitsUntil(site, desk)
      if (dueMs !== null && dueMs <= untilMs && (!next || dueMs < next.dueMs))
        next = { desk, dueMs }
    }
    if (!next) return
    const { desk } = next
    const atMs = Math.max(next.dueMs, site.clockMs)
    site.clockMs = atMs
    const wasDark = isToldBySite(desk)
    passTime(desk, atMs)
    if (wasDark && !isToldBySite(desk)) settleSite(site, atMs)
    judgeDark(site, desk, atMs)
  }
}

/** As `dueOf`, but a charger that went dark with others waits until it is known of each of them whether it stays away. */
function waitsUntil(site: Site, desk: Desk): number | null {
  const dueMs = dueOf(desk.memory, isFlapping(desk))
  if (dueMs === null || !isWaitingDark(desk) || dueMs < darkDueMs(desk)) return dueMs
  const group = neighboursOf(site, desk).filter(isWaitingDark)
  return Math.max(dueMs, ...group.map(darkDueMs))
}

/** Dark: away, or it says that its power is gone. */
function darkSinceMs({ memory }: Desk): number | null {
  const { silence, powerLoss } = memory
  if (powerLoss) return Math.min(powerLoss.atMs, silence?.sinceMs ?? Infinity)
  return silence ? silence.sinceMs : null
}

function darkDueMs({ memory }: Desk): number {
  const loss =
    memory.powerLoss?.told === 'no' ? memory.powerLoss.atMs + rules.powerLossHoldMs : Infinity
  return Math.min(memory.silence?.told === 'no' ? silenceDueMs(memory) : Infinity, loss)
}

function isWaitingDark(desk: Desk): boolean {
  return !isFlapping(desk) && darkDueMs(desk) < Infinity
}

/** A candidate for "the whole site". */
function mayBeSite(desk: Desk): boolean {
  const { silence, powerLoss } = desk.memory
  if (powerLoss) return !powerLoss.isAlone
  return silence !== null && !silence.isAlone && !isFlapping(desk) && !isExcused(desk)
}

function isExcused({ memory }: Desk): boolean {
  const { excuse, silence } = memory
  return excuse !== null && silence !== null && silence.sinceMs <= excuse.untilMs
}

function neighboursOf(site: Site, desk: Desk): Desk[] {
  const sinceMs = darkSinceMs(desk)
  if (sinceMs === null || !mayBeSite(desk)) return []
  return [...site.desks.values()].filter((other) => {
    const otherMs = darkSinceMs(other)
    return (
      other !== desk &&
      otherMs !== null &&
      mayBeSite(other) &&
      Math.abs(otherMs - sinceMs) <= rules.siteWindowMs
    )
  })
}

function judgeDark(site: Site, desk: Desk, atMs: number): void {
  if (!isWaitingDark(desk) || darkDueMs(desk) > atMs) return
  const key = siteKey(site.siteId)
  const group = mayBeSite(desk) ? [desk, ...neighboursOf(site, desk)] : [desk]
  const isSite = mayBeSite(desk) && (group.length >= 2 || site.book.isLive(key))
  if (!isSite) {
    const { memory } = desk
    if (memory.powerLoss?.told === 'no' && memory.powerLoss.atMs + rules.powerLossHoldMs <= atMs)
      tellPowerLoss(desk, atMs)
    if (memory.silence?.told === 'no' && silenceDueMs(memory) <= atMs) tellOffline(desk, atMs)
    return
  }
  const sinceMs = Math.min(...group.map((one) => darkSinceMs(one) ?? atMs))
  for (const one of group) fold(one, atMs)
  site.book.raise({
    key,
    words: wordsOf('site-power-lost', 'site-power-lost'),
    atMs,
    chargerId: null,
    evidence: { sinceMs, chargers: darkOf(site) },
  })
}

function darkOf(site: Site): number[] {
  return [...site.desks.values()]
    .filter(isToldBySite)
    .map((desk) => desk.chargerId)
    .sort((a, b) => a - b)
}

function isToldBySite({ memory }: Desk): boolean {
  return memory.silence?.told === 'site' || memory.powerLoss?.told === 'site'
}

/** Its own incident becomes part of the site's. */
function fold(desk: Desk, atMs: number): void {
  const { memory, book, chargerId } = desk
  const why = 'It is part of the alert of the whole site.'
  if (memory.silence) memory.silence.told = 'site'
  if (memory.powerLoss) {
    memory.powerLoss.told = 'site'
    book.settle(keyOf(chargerId, 'power-loss', memory.powerLoss.connectorId), atMs, why)
  }
  book.settle(keyOf(chargerId, 'offline'), atMs, why)
}

/** The first charger that is back says that the site is; the others have a moment, then each speaks for itself. */
function settleSite(site: Site, atMs: number): void {
  site.book.settle(siteKey(site.siteId), atMs, 'The first charger of the site is back.')
  for (const { memory } of site.desks.values()) {
    if (memory.silence?.told === 'site')
      memory.silence = {
        ...memory.silence,
        told: 'no',
        isAlone: true,
        dueMs: Math.max(memory.silence.dueMs, atMs + rules.siteGraceMs),
      }
    if (memory.powerLoss?.told === 'site')
      memory.powerLoss = { ...memory.powerLoss, atMs, told: 'no', isAlone: true }
  }
}
