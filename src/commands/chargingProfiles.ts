import type { Sql } from '@/db/pool'
import {
  forgetDraft,
  insertProfile,
  lockProfile,
  moveProfile,
  runningTransaction,
  setProfileClearing,
  setProfileSent,
  zoneOfCharger,
  type StoredProfile,
} from '@/db/queries/chargingProfiles'
import { findCommandTarget } from '@/db/queries/commandRequests'
import { readProfileForm, setChargingProfilePayload } from '@/domain/chargingProfile'
import { authorise, type Asker } from './authorise'
import { readWish, type Refusal } from './catalogue'
import { requestCommand, type CommandRequest } from './request'
import { chargerNamed } from './target'

export type ProfileRequest = Pick<CommandRequest, 'source' | 'actor' | 'now'> & { asker: Asker }

export type ProfileOutcome =
  { kind: 'profile'; id: number; state: string; commandId: number | null } | Refusal

/**
 * `makeProfile`: a charging profile as a row; sent at once where `body.send` is not false, else a draft. Run it in a
 * transaction.
 */
export async function makeProfile(
  sql: Sql,
  body: Readonly<Record<string, unknown>>,
  request: ProfileRequest,
): Promise<ProfileOutcome> {
  const { asker, now } = request
  const form = readProfileForm(body, now)
  if ('sentence' in form) return bad(form.member, form.sentence)
  const name = chargerNamed(body['charger'])
  const target = name && (await findCommandTarget(sql, name))
  const refusal = await mayAsk(sql, body['charger'], 'SetChargingProfile', request)
  if (refusal) return refusal
  if (!target) return bad('charger', 'charger is the id or the identity of a charger.')
  const id = await insertProfile(sql, {
    ...form,
    chargerId: target.id,
    requestedBy: asker.kind === 'staff' ? asker.userId : null,
    at: now,
  })
  if (body['send'] === false) return { kind: 'profile', id, state: 'draft', commandId: null }
  const draft = { ...form, id, chargerId: target.id, state: 'draft', transactionId: null }
  const sent = await sendStored(sql, draft, request)
  if (sent.kind === 'refused') await forgetDraft(sql, id)
  return sent
}

/** `sendProfile`: a draft goes to its charger; one that was refused or is over may be sent again. */
export async function sendProfile(
  sql: Sql,
  id: number,
  request: ProfileRequest,
): Promise<ProfileOutcome> {
  const profile = await lockProfile(sql, id)
  if (!profile) return unknownProfile
  const refusal = await mayAsk(sql, profile.chargerId, 'SetChargingProfile', request)
  if (refusal) return refusal.status === 404 ? unknownProfile : refusal
  if (profile.state === 'sent') return over('This profile is on its way to the charger.')
  return sendStored(sql, profile, request)
}

/** `clearProfile`: a draft is given up; what is at the charger is cleared there, and is over when it says so. */
export async function clearProfile(
  sql: Sql,
  id: number,
  request: ProfileRequest,
): Promise<ProfileOutcome> {
  const profile = await lockProfile(sql, id)
  if (!profile) return unknownProfile
  const refusal = await mayAsk(sql, profile.chargerId, 'ClearChargingProfile', request)
  if (refusal) return refusal.status === 404 ? unknownProfile : refusal
  if (profile.state === 'draft') {
    const reason = 'It was never sent.'
    await moveProfile(sql, { id, state: 'cleared', reason, at: request.now })
    return { kind: 'profile', id, state: 'cleared', commandId: null }
  }
  if (profile.state !== 'accepted' && profile.state !== 'sent')
    return over(`This profile is over (${profile.state}); there is nothing to clear.`)
  const requested = await requestCommand(sql, {
    ...request,
    charger: profile.chargerId,
    action: 'ClearChargingProfile',
    payload: { id },
  })
  if (requested.kind === 'refused') return requested
  await setProfileClearing(sql, id, requested.id, request.now)
  return { kind: 'profile', id, state: profile.state, commandId: requested.id }
}

async function sendStored(
  sql: Sql,
  profile: StoredProfile,
  request: ProfileRequest,
): Promise<ProfileOutcome> {
  const { id, chargerId, connectorNumber } = profile
  const isTx = profile.purpose === 'TxProfile'
  const transactionId = isTx ? await runningTransaction(sql, chargerId, connectorNumber) : null
  if (isTx && transactionId === null)
    return over('No charge is running on this connector. Limit the connector itself instead.')
  const requested = await requestCommand(sql, {
    ...request,
    charger: chargerId,
    action: 'SetChargingProfile',
    payload: setChargingProfilePayload(profile, {
      id,
      transactionId,
      timezone: await zoneOfCharger(sql, chargerId),
      now: request.now,
    }),
  })
  if (requested.kind === 'refused') return requested
  await setProfileSent(sql, id, { commandId: requested.id, transactionId, at: request.now })
  return { kind: 'profile', id, state: 'sent', commandId: requested.id }
}

/** Asked before anything is written or told: a profile of a charger out of sight is not there. */
async function mayAsk(
  sql: Sql,
  charger: unknown,
  action: 'SetChargingProfile' | 'ClearChargingProfile',
  request: ProfileRequest,
): Promise<Refusal | null> {
  const { asker, now } = request
  const wish = readWish({ action, payload: action === 'SetChargingProfile' ? sample : {} })
  if ('kind' in wish) return wish
  const verdict = await authorise(sql, { asker, charger, wish, now })
  if (verdict.kind === 'ok') return null
  // by the door itself, which keeps the refusal in the audit log
  const refused = await requestCommand(sql, { ...request, charger, ...wish })
  return refused.kind === 'refused' ? refused : verdict
}

/** The least that is a profile: whether one may be set depends on nothing in it. */
const sample = {
  connectorId: 0,
  csChargingProfiles: {
    chargingProfileId: 1,
    stackLevel: 0,
    chargingProfilePurpose: 'TxDefaultProfile',
    chargingProfileKind: 'Relative',
    chargingSchedule: {
      chargingRateUnit: 'W',
      chargingSchedulePeriod: [{ startPeriod: 0, limit: 0 }],
    },
  },
}

const unknownProfile: Refusal = {
  kind: 'refused',
  status: 404,
  code: 'unknown-profile',
  sentence: 'There is no such charging profile.',
}

const over = (sentence: string): Refusal => ({
  kind: 'refused',
  status: 409,
  code: 'not-now',
  sentence,
})

function bad(member: string, sentence: string): Refusal {
  return { kind: 'refused', status: 400, code: 'invalid-profile', sentence, member }
}
