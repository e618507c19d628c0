import type { Sql } from '@/db/pool'
import {
  countRecentCommands,
  findCommandTarget,
  type CommandTarget,
} from '@/db/queries/commandRequests'
import { ownsPlug, ownsRunning, ownsStart } from '@/db/queries/app/ownWishes'
import { permissionsFor } from '@/domain/command'
import { readSpentUntil } from '@/db/queries/budgets'
import { spentSentence } from '@/domain/budget'
import { normaliseUid } from '@/domain/idToken'
import { may } from '@/domain/policy'
import { isInside, scopeFor, type Grant } from '@/domain/scope'
import { bulkPerMinute } from '@/domain/sensitive'
import type { Refusal, Wish } from './catalogue'
import { chargerNamed } from './target'
import { isCritical } from './turns'

/**
 * Who asks. Staff by their grants; a rule of ours (a job) may do what it was made for; a driver starts with a token made
 * for this start, stops his own running session and unlocks the plug of his own.
 */
export type Asker =
  | {
      kind: 'staff'
      userId: number
      grants: readonly Grant[]
      /** The person has a second factor and this login did not show it just now (SEC-47). */
      isProofMissing?: boolean
    }
  | { kind: 'rule' }
  | { kind: 'driver'; driverId: number }

export const mostPerMinute = 600
export const mostOpenAtOneCharger = 32

/**
 * `authorise`: whether this may be asked of this charger: policy and scope, registration, rate. Whether it makes sense
 * just now (a connector in use, a profile it lacks) is the charger's to say: commands are sent, not second-guessed.
 */
export async function authorise(
  sql: Sql,
  asked: { asker: Asker; charger: unknown; wish: Wish; now: Date },
): Promise<{ kind: 'ok'; target: CommandTarget } | Refusal> {
  const { asker, wish, now } = asked
  const name = chargerNamed(asked.charger)
  if (!name)
    return refused(
      400,
      'invalid-command',
      'charger is the id or the identity of a charger.',
      'charger',
    )
  const target = await findCommandTarget(sql, name)
  if (!target) return unknownCharger
  if (asker.kind === 'staff') {
    const place = { regionId: target.regionId, siteId: target.siteId, chargerId: target.id }
    const isOpen = (resource: 'chargers', action: 'read') =>
      isInside(scopeFor(asker.grants, resource, action, now), place)
    const isPermitted = permissionsFor(wish.action, wish.payload).every(({ resource, action }) =>
      isInside(scopeFor(asker.grants, resource, action, now), place),
    )
    if (!isPermitted && !isOpen('chargers', 'read')) return unknownCharger
    if (!isPermitted)
      return refused(
        403,
        'not-permitted',
        `Your role does not allow ${wish.action} on this charger. Ask a Super Admin.`,
      )
  }
  if (asker.kind === 'driver' && !(await isOwnWish(sql, asker.driverId, target.id, wish)))
    return unknownCharger
  return (
    downgradeProblem(wish, target) ??
    registrationProblem(target) ??
    (await rateProblem(sql, asker, target, wish, now)) ??
    (await budgetProblem(sql, wish, now)) ?? { kind: 'ok', target }
  )
}

/** Rows 29, 31 and 32 of the matrix; whatever else a driver asks of a charger is of a charger that is not there. */
async function isOwnWish(
  sql: Sql,
  driverId: number,
  chargerId: number,
  { action, payload }: Wish,
): Promise<boolean> {
  const own = { sql, driverId, chargerId }
  switch (action) {
    case 'RemoteStartTransaction':
      return may('driver', 'commands', 'start-own') === 'own' && ownsStart(own, payload)
    case 'RemoteStopTransaction':
      return may('driver', 'commands', 'stop-own') === 'own' && ownsRunning(own, payload)
    case 'UnlockConnector':
      return may('driver', 'commands', 'unlock') === 'own' && ownsPlug(own, payload)
    default:
      return false
  }
}

/** A charger outside one's scope and one that does not exist are the same. */
const unknownCharger = refused(404, 'unknown-charger', 'There is no such charger.')

/** SEC-11: nothing goes to a charger that we did not take in. One that never came yet is waited for like any other. */
function registrationProblem(target: CommandTarget): Refusal | null {
  const { registrationStatus, isConnected, name } = target
  if (registrationStatus === 'Accepted' || (registrationStatus === null && !isConnected))
    return null
  return refused(
    409,
    'not-accepted',
    registrationStatus === null
      ? `${name} is connected but has not introduced itself yet (BootNotification). Try again in a moment.`
      : `${name} is not accepted by this system (${registrationStatus}). Accept it first.`,
  )
}

/** SEC-06: what a charger must show to be let in is never lowered over the wire (A00.FR.005 in 2.x). */
function downgradeProblem({ action, payload }: Wish, target: CommandTarget): Refusal | null {
  const key = String(payload['key'] ?? '').toLowerCase()
  if (action !== 'ChangeConfiguration' || key.replace(/[^a-z]/g, '') !== 'securityprofile')
    return null
  const wanted = Number(payload['value'])
  return Number.isInteger(wanted) && wanted >= Math.max(1, target.securityProfile) && wanted <= 3
    ? null
    : refused(
        409,
        'downgrade',
        `${target.name} must connect with security profile ${target.securityProfile} at least; it cannot be set lower from here.`,
        'payload.value',
      )
}

async function rateProblem(
  sql: Sql,
  asker: Asker,
  target: CommandTarget,
  wish: Wish,
  now: Date,
): Promise<Refusal | null> {
  const { byUser, open } = await countRecentCommands(sql, {
    userId: asker.kind === 'staff' ? asker.userId : null,
    since: new Date(now.getTime() - 60_000),
    chargerId: target.id,
  })
  const isProofMissing = asker.kind === 'staff' && asker.isProofMissing === true
  if (isProofMissing && (isCritical(wish) || byUser >= bulkPerMinute))
    return refused(
      403,
      'step-up-required',
      'Enter the code of your authenticator app once more for this command (POST /api/users/step-up).',
    )
  if (byUser >= mostPerMinute)
    return refused(
      429,
      'too-many',
      `You asked for ${mostPerMinute} commands within a minute. Wait a moment.`,
    )
  if (open >= mostOpenAtOneCharger)
    return refused(
      429,
      'too-many',
      `${target.name} has ${mostOpenAtOneCharger} commands waiting. Wait until some are done.`,
    )
  return null
}

/** Whose budget it is stays unsaid: whoever starts a charge need not be one who sees the fleet. */
async function budgetProblem(sql: Sql, wish: Wish, now: Date): Promise<Refusal | null> {
  const idTag = wish.action === 'RemoteStartTransaction' ? wish.payload['idTag'] : null
  if (typeof idTag !== 'string') return null
  const spent = await readSpentUntil(sql, { uid: normaliseUid(idTag) }, now)
  return spent && refused(409, 'budget-spent', spentSentence(spent))
}

function refused(
  status: Refusal['status'],
  code: string,
  sentence: string,
  member?: string,
): Refusal {
  return { kind: 'refused', status, code, sentence, ...(member ? { member } : {}) }
}
