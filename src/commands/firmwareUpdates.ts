import type { Sql } from '@/db/pool'
import { setCampaignState } from '@/db/queries/firmwareRollout'
import {
  cancelTargets,
  findCandidates,
  findImage,
  insertUpdate,
  lockUpdate,
  lockUpdates,
  noteResumed,
  retryTargets,
  type ImageForUpdate,
  type UpdateCandidate,
} from '@/db/queries/firmwareUpdates'
import { insertAudit } from '@/db/queries/insertAudit'
import { tellSuperAdmins } from '@/db/takeTurn'
import { fitsImage, minutesOf, sameVersion, wavesOf } from '@/domain/firmware'
import type { Action } from '@/domain/policy'
import { isInside, scopeFor, type Grant } from '@/domain/scope'
import { bulkPerMinute } from '@/domain/sensitive'
import type { Refusal } from './catalogue'
import type { CommandRequest } from './request'
import { takeTurns } from './turns'

type Staff = {
  userId: number
  grants: readonly Grant[]
  actor: CommandRequest['actor']
  now: Date
  /** The person has a second factor and this login did not show it just now (SEC-47). */
  isProofMissing?: boolean
}

export type Started = { kind: 'started'; id: number; chargers: number; already: number }
export type Steered = { kind: 'steered'; state: string }

const chargersMost = 10_000
const farthestMs = 366 * 24 * 3_600_000
const usualWaveSize = 10
const usualHaltPercent = 20

type Asked = {
  name: string | null
  firmwareId: number
  chargerIds: number[]
  startAt: Date | null
  windowFrom: string | null
  windowUntil: string | null
  waveSize: number
  haltFailurePercent: number
}

/**
 * `startUpdate`: `{firmware, chargers, name?, startAt?, windowFrom?, windowUntil?, waveSize?, haltFailurePercent?}`. All
 * chargers or none: each has to lie inside the person's scope, be of the image's make, and not be in another update.
 * Run it in a transaction. Nothing is sent here; the worker does that when each charger's turn comes.
 */
export async function startUpdate(
  sql: Sql,
  staff: Staff,
  body: Readonly<Record<string, unknown>>,
): Promise<Started | Refusal> {
  const asked = readAsked(body, staff.now)
  if ('kind' in asked) return asked
  await lockUpdates(sql)
  const image = await findImage(sql, asked.firmwareId)
  if (!image) return refused(404, 'unknown-image', 'There is no such firmware image.', 'firmware')
  const chargers = await findCandidates(sql, asked.chargerIds)
  const problem =
    scopeProblem(staff, asked.chargerIds, chargers) ??
    unsignedProblem(image) ??
    fitProblem(image, chargers) ??
    busyProblem(chargers) ??
    (await turnProblem(sql, staff))
  if (problem) {
    await audit(
      sql,
      staff,
      'create',
      null,
      { ...asked, chargerIds: asked.chargerIds.length },
      problem,
    )
    return problem
  }
  const waves = wavesOf(inOrder(chargers), asked.waveSize)
  const targets = chargers.map((charger) => ({
    chargerId: charger.id,
    wave: waves.get(charger.id) ?? 1,
    previousVersion: charger.firmwareVersion,
    isDone: sameVersion(charger.firmwareVersion, image.version),
  }))
  const name = asked.name ?? [image.vendor, image.model, image.version].filter(Boolean).join(' ')
  const id = await insertUpdate(sql, {
    ...asked,
    name,
    createdBy: staff.userId,
    at: staff.now,
    targets,
  })
  await audit(sql, staff, 'create', id, {
    name,
    firmware: image.id,
    version: image.version,
    chargers: asked.chargerIds,
    startAt: asked.startAt,
    window: asked.windowFrom && `${asked.windowFrom}–${asked.windowUntil}`,
  })
  if (targets.length > bulkPerMinute) {
    const user = { id: staff.userId, name: staff.actor.name }
    await tellSuperAdmins(sql, { kind: 'commands', user, ip: staff.actor.ip, now: staff.now })
  }
  const already = targets.filter((target) => target.isDone).length
  return { kind: 'started', id, chargers: targets.length, already }
}

export const steps = ['cancel', 'continue', 'retry'] as const
export type Step = (typeof steps)[number]

/**
 * `steerUpdate`: `cancel` what has not begun (what downloads or installs goes on: nobody can call it back), `continue`
 * after a halt, `retry` those that failed. Only for who may update every charger in it.
 */
export async function steerUpdate(
  sql: Sql,
  staff: Staff,
  id: number,
  step: Step,
): Promise<Steered | Refusal> {
  const update = await lockUpdate(sql, id)
  const mayRead = scopeFor(staff.grants, 'firmware-updates', 'read', staff.now)
  const isSeen = update?.places.some((place) => isInside(mayRead, place)) ?? false
  if (!update || !(isSeen || mayRead.kind === 'all'))
    return refused(404, 'unknown-update', 'There is no such firmware update.')
  const may = scopeFor(
    staff.grants,
    'firmware-updates',
    step === 'cancel' ? 'cancel' : 'create',
    staff.now,
  )
  if (!update.places.every((place) => isInside(may, place)))
    return refused(
      403,
      'not-permitted',
      'This update touches chargers outside your access. Ask whoever started it, or a Super Admin.',
    )
  const problem = step === 'cancel' ? null : await turnProblem(sql, staff)
  if (problem) {
    await audit(sql, staff, step, id, { name: update.name }, problem)
    return problem
  }
  const outcome = await taken(sql, id, update.state, step, staff.now)
  if (outcome.kind === 'steered')
    await audit(sql, staff, step, id, { name: update.name, state: outcome.state })
  return outcome
}

async function taken(
  sql: Sql,
  id: number,
  state: string,
  step: Step,
  now: Date,
): Promise<Steered | Refusal> {
  const to = async (next: string): Promise<Steered> => {
    await setCampaignState(sql, { id, state: next, haltReason: null, at: now })
    return { kind: 'steered', state: next }
  }
  switch (step) {
    case 'cancel':
      if (state === 'done' || state === 'cancelled')
        return refused(409, 'ended', 'This update has ended already.')
      await cancelTargets(sql, id, now)
      return to('cancelled')
    case 'continue':
      if (state !== 'halted') return refused(409, 'not-halted', 'This update is not halted.')
      await noteResumed(sql, id, now)
      return to('running')
    case 'retry': {
      const count = await retryTargets(sql, id, now)
      if (count === 0)
        return refused(
          409,
          'nothing-failed',
          'No charger of this update failed, or another update has those that did.',
        )
      await noteResumed(sql, id, now)
      return to('running')
    }
  }
}

/** The connected first, so that the first wave tells something; then as they are numbered. */
function inOrder(chargers: readonly UpdateCandidate[]): number[] {
  return [...chargers]
    .sort((a, b) => Number(b.isConnected) - Number(a.isConnected) || a.id - b.id)
    .map((charger) => charger.id)
}

function scopeProblem(
  { grants, now }: Staff,
  chargerIds: readonly number[],
  chargers: readonly UpdateCandidate[],
): Refusal | null {
  const scope = (resource: 'chargers' | 'commands' | 'firmware-updates', action: Action) =>
    scopeFor(grants, resource, action, now)
  const place = ({ id, siteId, regionId }: UpdateCandidate) => ({ chargerId: id, siteId, regionId })
  const seen = scope('chargers', 'read')
  const inSight = chargers.filter((charger) => isInside(seen, place(charger)))
  if (inSight.length < chargerIds.length)
    return refused(404, 'unknown-charger', 'One of these chargers does not exist.', 'chargers')
  const may = [scope('firmware-updates', 'create'), scope('commands', 'update-firmware')]
  const isPermitted = chargers.every((charger) => may.every((one) => isInside(one, place(charger))))
  if (isPermitted) return null
  return refused(
    403,
    'not-permitted',
    'Your role does not allow firmware updates on all of these chargers. Ask a Super Admin.',
    'chargers',
  )
}

function unsignedProblem(image: ImageForUpdate): Refusal | null {
  if (!image.isSignedOnly || image.isSigned) return null
  return refused(
    409,
    'unsigned-image',
    'Only signed firmware is sent (Settings), and this image has no signature. Add it to the image.',
    'firmware',
  )
}

function fitProblem(image: ImageForUpdate, chargers: readonly UpdateCandidate[]): Refusal | null {
  const others = chargers.filter((charger) => !fitsImage(image, charger))
  if (others.length === 0) return null
  const make = [image.vendor, image.model].filter(Boolean).join(' ')
  return refused(
    409,
    'does-not-fit',
    `This image is for ${make}; ${named(others)} reported another make, or none yet. Take ${others.length === 1 ? 'it' : 'them'} off the list.`,
    'chargers',
  )
}

/** New firmware may end a charger: the second factor again, and so often an hour (SEC-47). */
async function turnProblem(sql: Sql, staff: Staff): Promise<Refusal | null> {
  const { userId, actor, now } = staff
  if (staff.isProofMissing === true)
    return refused(
      403,
      'step-up-required',
      'Enter the code of your authenticator app once more to update firmware.',
    )
  return takeTurns(sql, { userId, name: actor.name, ip: actor.ip, now }, ['criticalCommands'])
}

function busyProblem(chargers: readonly UpdateCandidate[]): Refusal | null {
  const busy = chargers.filter((charger) => charger.busyWith !== null)
  if (busy.length === 0) return null
  return refused(
    409,
    'in-another-update',
    `${named(busy)} ${busy.length === 1 ? 'is' : 'are'} in the update "${busy[0]?.busyWith ?? ''}", which is not through. Wait for it or cancel it.`,
    'chargers',
  )
}

function named(chargers: readonly UpdateCandidate[]): string {
  const names = chargers.slice(0, 3).map((charger) => charger.name)
  const more = chargers.length - names.length
  return more > 0 ? `${names.join(', ')} and ${more} more` : names.join(' and ')
}

function readAsked(body: Readonly<Record<string, unknown>>, now: Date): Asked | Refusal {
  const { firmware, chargers, name } = body
  if (!isId(firmware)) return bad('firmware', 'firmware is the id of an image.')
  if (!Array.isArray(chargers) || chargers.length === 0 || !chargers.every(isId))
    return bad('chargers', 'chargers is a list of ids of chargers, one at least.')
  const chargerIds = [...new Set(chargers)]
  if (chargerIds.length > chargersMost)
    return bad('chargers', `chargers has ${chargersMost} ids at most.`)
  if (name !== undefined && name !== null && (typeof name !== 'string' || name.length > 100))
    return bad('name', 'name is a text of 100 characters at most.')
  const startAt = readStart(body['startAt'], now)
  if (startAt === undefined)
    return bad('startAt', 'startAt is an instant within a year, e.g. 2026-11-26T01:00:00Z.')
  const window = readWindow(body['windowFrom'], body['windowUntil'])
  if (!window)
    return bad('windowFrom', 'windowFrom and windowUntil are times of day, e.g. 01:00 and 05:00.')
  const waveSize = whole(body['waveSize'], usualWaveSize, 1, chargersMost)
  if (waveSize === null)
    return bad('waveSize', `waveSize is a whole number from 1 to ${chargersMost}.`)
  const haltFailurePercent = whole(body['haltFailurePercent'], usualHaltPercent, 0, 100)
  if (haltFailurePercent === null)
    return bad('haltFailurePercent', 'haltFailurePercent is a whole number from 0 to 100.')
  return {
    name: typeof name === 'string' ? name.replaceAll('\u0000', '').trim() || null : null,
    firmwareId: firmware,
    chargerIds,
    startAt,
    ...window,
    waveSize,
    haltFailurePercent,
  }
}

/** Null: at once; undefined: no instant that makes sense. One that has just passed is now. */
function readStart(value: unknown, now: Date): Date | null | undefined {
  if (value === undefined || value === null || value === '') return null
  const at = typeof value === 'string' ? new Date(value) : null
  const ms = at?.getTime() ?? NaN
  if (Number.isNaN(ms) || ms > now.getTime() + farthestMs) return undefined
  if (ms < now.getTime() - 24 * 3_600_000) return undefined
  return at
}

function readWindow(
  from: unknown,
  until: unknown,
): { windowFrom: string | null; windowUntil: string | null } | null {
  const isEmpty = (value: unknown) => value === undefined || value === null || value === ''
  if (isEmpty(from) && isEmpty(until)) return { windowFrom: null, windowUntil: null }
  if (typeof from !== 'string' || typeof until !== 'string') return null
  if (minutesOf(from) === null || minutesOf(until) === null || from === until) return null
  return { windowFrom: from, windowUntil: until }
}

function whole(value: unknown, usual: number, least: number, most: number): number | null {
  if (value === undefined || value === null || value === '') return usual
  const number = Number(value)
  return typeof value !== 'boolean' && Number.isInteger(number) && number >= least && number <= most
    ? number
    : null
}

const isId = (value: unknown): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value > 0 && value <= 2_147_483_647

const bad = (member: string, sentence: string) => refused(400, 'bad-update', sentence, member)

function refused(
  status: Refusal['status'],
  code: string,
  sentence: string,
  member?: string,
): Refusal {
  return { kind: 'refused', status, code, sentence, ...(member ? { member } : {}) }
}

async function audit(
  sql: Sql,
  { userId, actor, now }: Staff,
  action: string,
  id: number | null,
  after: unknown,
  refusal?: Refusal,
): Promise<void> {
  await insertAudit(sql, {
    at: now,
    userId,
    actor: actor.name,
    role: actor.role,
    action,
    resource: 'firmware-updates',
    resourceId: id === null ? null : String(id),
    siteId: null,
    before: null,
    after: JSON.stringify(after),
    result: refusal ? 'refused' : 'done',
    reason: refusal?.code ?? null,
    ip: actor.ip,
    requestId: actor.requestId,
  })
}
