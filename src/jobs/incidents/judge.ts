import {
  announceAlerts,
  insertAlerts,
  readKnown,
  readMemories,
  updateAlerts,
  writeMemories,
  type ChangedAlert,
} from '../../db/queries/incidents'
import {
  planMails,
  readReachable,
  readRegionsOfSites,
  type Reachable,
} from '../../db/queries/alertMails'
import type { Sql } from '../../db/pool'
import {
  incidentRules,
  judgeSite,
  type ChargerMemory,
  type Happening,
  type IncidentUpdate,
  type OpenedIncident,
} from '../../domain/incident'
import { mailDue, usualWishes, wants } from '../../domain/notice'
import { isInside, rolesAt, scopeFor } from '../../domain/scope'

export type Judged = { opened: number; changed: number }

/**
 * `judge`: what happened at these chargers, and what time alone has made due for them, becomes alerts, memories, lines
 * of the outbox and mails to be written, all in the caller's transaction.
 */
export async function judge(
  sql: Sql,
  input: {
    happenings: readonly Happening[]
    chargerIds: readonly number[]
    /** Until when time has passed; null: it stands still for everything but what is heard. */
    until: Date | null
    offlineAfterMs: number
    now: Date
  },
): Promise<Judged> {
  const { happenings, now, until } = input
  const memories = await readMemories(sql, input.chargerIds)
  const siteOf = new Map(memories.map((row) => [row.chargerId, row.siteId]))
  const remembered = new Map<number, Map<number, ChargerMemory>>()
  for (const { chargerId, siteId, memory } of memories) {
    const site = remembered.get(siteId) ?? new Map<number, ChargerMemory>()
    if (memory) site.set(chargerId, memory)
    remembered.set(siteId, site)
  }
  const heard = new Map<number, Happening[]>()
  for (const happening of happenings) {
    const siteId = siteOf.get(happening.chargerId)
    // A charger that was deleted meanwhile has no incidents any more.
    if (siteId === undefined) continue
    heard.set(siteId, [...(heard.get(siteId) ?? []), happening])
  }
  const dues = memories.flatMap(({ dueAt }) => (until && dueAt ? [dueAt.getTime()] : []))
  const earliest = Math.min(now.getTime(), ...happenings.map((one) => one.atMs), ...dues)
  const known = await readKnown(sql, {
    chargerIds: [...siteOf.keys()],
    siteIds: [...remembered.keys()],
    since: new Date(earliest - incidentRules.reopenWithinMs),
  })
  const updated: IncidentUpdate[] = []
  const opened: (OpenedIncident & { siteId: number })[] = []
  const written: Parameters<typeof writeMemories>[1][number][] = []
  for (const [siteId, site] of remembered) {
    const outcome = judgeSite({
      siteId,
      memories: site,
      incidents: known.filter(
        (incident) =>
          (incident.chargerId === null ? incident.siteId : siteOf.get(incident.chargerId)) ===
          siteId,
      ),
      happenings: heard.get(siteId) ?? [],
      untilMs: until?.getTime() ?? 0,
      offlineAfterMs: input.offlineAfterMs,
    })
    updated.push(...outcome.changes.updated)
    opened.push(...outcome.changes.opened.map((incident) => ({ ...incident, siteId })))
    for (const [chargerId, { memory, dueMs }] of outcome.memories)
      written.push({
        chargerId,
        memory,
        dueAt: dueMs === null ? null : new Date(dueMs),
        isDark: memory.silence !== null || memory.powerLoss !== null,
      })
  }
  await writeMemories(sql, written, now)
  // Updates first: a key that closes here may be opened anew in the same breath.
  const changed = [
    ...(await updateAlerts(sql, updated, now)),
    ...(await insertAlerts(sql, opened, now)),
  ]
  await announceAlerts(sql, changed, now)
  await tellPeople(sql, changed, now)
  return { opened: opened.length, changed: changed.length }
}

/** Whoever may see the alert and wants mail of such: a mail is planned, for now or for the end of the quiet hours. */
export async function tellPeople(
  sql: Sql,
  changed: readonly ChangedAlert[],
  now: Date,
): Promise<void> {
  const news = changed.filter(({ what }) => what === 'opened' || what === 'reopened')
  if (news.length === 0) return
  const siteIds = news.flatMap(({ siteId }) => (siteId === null ? [] : [siteId]))
  const [people, regions] = [await readReachable(sql), await readRegionsOfSites(sql, siteIds)]
  const plans = news.flatMap((alert) =>
    people
      .filter((person) => isToTell(person, alert, regions, now))
      .map((person) => ({
        alertId: alert.id,
        userId: person.userId,
        dueAt: mailDue(wishesOf(person), alert.severity, now),
      })),
  )
  await planMails(sql, plans, now)
}

function isToTell(
  person: Reachable,
  alert: ChangedAlert,
  regions: ReadonlyMap<number, number | null>,
  now: Date,
): boolean {
  const wishes = wishesOf(person)
  // A site owner is told by mail only if he has asked for it.
  const isAsked = person.wishes !== null || rolesAt(person.grants, now)[0] !== 'site-owner'
  if (!wishes.email || !isAsked || !wants(wishes, alert)) return false
  const scope = scopeFor(person.grants, 'alerts', 'read', now)
  const regionId = alert.siteId === null ? null : (regions.get(alert.siteId) ?? null)
  return isInside(scope, { chargerId: alert.chargerId, siteId: alert.siteId, regionId })
}

const wishesOf = (person: Reachable) =>
  person.wishes ?? { ...usualWishes, timezone: person.timezone }
