import { requestCommand } from '../../commands/request'
import { firmwareLocation } from '../../commands/fileLinks'
import {
  claimCampaign,
  claimTargets,
  giveUp,
  markSent,
  markWaiting,
  openCampaignIds,
  readEvidence,
  readMembers,
  saveStandings,
  setCampaignState,
  type CampaignMember,
  type JudgedTarget,
  type OpenCampaign,
} from '../../db/queries/firmwareRollout'
import type { Sql } from '../../db/pool'
import { withTransaction } from '../../db/tx'
import {
  haltSentence,
  judge,
  planCampaign,
  type Evidence,
  type Standing,
} from '../../domain/firmware'
import { env } from '../../platform/env'
import type { JobContext, JobDefinition } from '../job'

/** Targets judged, and commands sent, in one transaction. What is left follows in three seconds. */
const targetsMost = 5_000
const sendMost = 200

/**
 * Firmware updates: works out how each charger stands from what was seen of it, halts or ends campaigns, and sends to
 * whose turn it is. Rows are claimed in SQL and nothing is remembered between two turns, so any number of workers may
 * do this, and one that dies leaves nothing undone.
 */
export const advanceRollouts: JobDefinition = {
  name: 'advanceRollouts',
  expression: '*/3 * * * * *',
  run: (context) => advanceRolloutsAt(context, env().filesPublicUrl),
}

/** The same with the address of the file door handed in. */
export async function advanceRolloutsAt(context: JobContext, filesUrl: string): Promise<void> {
  const { pool, now, log } = context
  await withTransaction(pool, (sql) => judgeTargets(sql, now()))
  for (const id of await openCampaignIds(pool)) {
    // One that cannot be moved on must not hold the others up.
    try {
      const halted = await withTransaction(pool, (sql) => advanceCampaign(sql, id, filesUrl, now()))
      if (halted) log.warn({ campaign: id }, `a firmware update was halted: ${halted}`)
    } catch (error) {
      log.warn({ err: error, campaign: id }, 'a firmware update could not be moved on')
    }
  }
}

async function judgeTargets(sql: Sql, now: Date): Promise<void> {
  const targets = await claimTargets(sql, now, targetsMost)
  if (targets.length === 0) return
  const sentAt = targets.flatMap(({ command }) =>
    command?.sentAt ? [command.sentAt.getTime()] : [],
  )
  const evidence =
    sentAt.length > 0
      ? await readEvidence(sql, targets, new Date(Math.min(...sentAt)))
      : new Map<number, Evidence[]>()
  const isSignedOnly = await readSignedOnly(sql)
  const changes = targets.flatMap((target) => {
    const standing = standingOf(target, evidence.get(target.chargerId) ?? [], isSignedOnly, now)
    const { campaignId, chargerId } = target
    return isNews(target, standing) ? [{ campaignId, chargerId, standing }] : []
  })
  await saveStandings(sql, changes, now)
}

function standingOf(
  target: JudgedTarget,
  seen: readonly Evidence[],
  isSignedOnly: boolean,
  now: Date,
): Standing {
  const { command } = target
  const isSignedUpdate = command?.action === 'SignedUpdateFirmware'
  const order: Evidence[] = command
    ? [{ ...command, kind: 'command', at: command.settledAt ?? command.sentAt ?? now }]
    : []
  const standing = judge(
    {
      sentAt: command?.sentAt ?? null,
      expectedVersion: target.expectedVersion,
      previousVersion: target.previousVersion,
      requestId: isSignedUpdate ? target.campaignId : null,
      mayGoUnsigned: !isSignedOnly,
    },
    [...order, ...seen],
    now,
  )
  // Nobody asks it again.
  return standing.state === 'waiting' && target.campaignState === 'cancelled'
    ? { ...standing, state: 'cancelled', finishedAt: now, next: null }
    : standing
}

function isNews(target: JudgedTarget, standing: Standing): boolean {
  return (
    target.state !== standing.state ||
    target.reason !== standing.reason ||
    target.downloadPercent !== standing.downloadPercent ||
    target.seenVersion !== standing.seenVersion
  )
}

/** What happens in one campaign now; the sentence of why, when it halts. */
async function advanceCampaign(
  sql: Sql,
  id: number,
  filesUrl: string,
  now: Date,
): Promise<string | null> {
  const campaign = await claimCampaign(sql, id)
  if (!campaign) return null
  const members = await readMembers(sql, id, now)
  const plan = planCampaign(campaign, members, now)
  await giveUp(sql, id, plan.giveUp, now)
  const haltReason = plan.halt && haltSentence(plan.halt, campaign.haltFailurePercent)
  if (plan.state !== campaign.state)
    await setCampaignState(sql, { id, state: plan.state, haltReason, at: now })
  const byId = new Map(members.map((member) => [member.chargerId, member]))
  for (const chargerId of plan.send.slice(0, sendMost)) {
    const member = byId.get(chargerId)
    if (member) await send(sql, campaign, member, filesUrl, now)
  }
  return plan.state === campaign.state ? null : haltReason
}

async function send(
  sql: Sql,
  campaign: OpenCampaign,
  member: CampaignMember,
  filesUrl: string,
  now: Date,
): Promise<void> {
  const { chargerId, version } = member
  const requested = await requestCommand(sql, {
    asker: { kind: 'rule' },
    charger: chargerId,
    ...orderFor(campaign, member, filesUrl, now),
    source: 'rule',
    actor: { name: `Firmware update ${campaign.name}`, role: null, ip: null, requestId: null },
    now,
  })
  const target = { campaignId: campaign.id, chargerId, at: now }
  if (requested.kind === 'queued')
    await markSent(sql, { ...target, commandId: requested.id, previousVersion: version })
  else await markWaiting(sql, { ...target, reason: 'busy' })
}

/** A signed image goes as one; a charger that knows no signed updates is asked the plain way next, where that is allowed. */
function orderFor(
  { id, firmware, isSignedOnly }: OpenCampaign,
  { isUnsigned }: CampaignMember,
  filesUrl: string,
  now: Date,
): { action: string; payload: Record<string, unknown> } {
  const location = firmwareLocation(filesUrl, firmware)
  const retrieveDate = now.toISOString().replace(/\.\d+Z$/, 'Z')
  const { signature, signingCertificate } = firmware
  if (!signature || !signingCertificate || (isUnsigned && !isSignedOnly))
    return { action: 'UpdateFirmware', payload: { location, retrieveDate } }
  return {
    action: 'SignedUpdateFirmware',
    payload: {
      requestId: id,
      firmware: { location, retrieveDateTime: retrieveDate, signingCertificate, signature },
    },
  }
}

async function readSignedOnly(sql: Sql): Promise<boolean> {
  const { rows } = await sql.query<{ only: boolean | null }>(
    'select signed_firmware_only only from settings limit 1',
  )
  return rows[0]?.only === true
}
