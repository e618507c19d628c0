import { randomUUID } from 'node:crypto'
import type { ReadConfiguration } from '@/db/queries/chargerConfiguration'
import type { ClaimedCommand } from '@/db/queries/claimCommands'
import type { Writer } from '@/db/writer'
import { advance, commandKinds, type CommandChange, type CommandEvent } from '@/domain/command'
import { readConfigurationAnswer } from '@/domain/configuration'
import { settlement, type OpenWish, type Wishes } from '@/facts/wishes'
import type { Links } from '../files/links'
import type { CallOutcome, Peer } from '../rpc/peer'
import type { Problem } from '../version'

export const newMessageId = (): string => randomUUID()

/**
 * Sends one claimed wish and settles it by what came back. Nothing is second-guessed: whether an unknown connector or a
 * repeated list version makes sense is the charger's to say, and its answer is kept as it came.
 */
export async function sendWish(
  context: { writer: Writer; wishes: Wishes; links: Links; now: () => Date },
  peer: Peer,
  command: ClaimedCommand,
  messageId: string,
): Promise<void> {
  const { writer, wishes, links, now } = context
  const wish = wishOf(command, now())
  const payloadText = await links.fill(command)
  if (payloadText === null) {
    await writer.submit('settle', settlement(wish, withoutFile(command), now(), null))
    return
  }
  wishes.add(wish)
  const { answerSeconds } = commandKinds[command.action]
  const outcome = await peer.call(command.action, payloadText, answerSeconds * 1000, messageId)
  const malformed =
    outcome.kind === 'result'
      ? peer.version.validateResponse(command.action, outcome.payload)
      : null
  const change = saidOf(advance(wish, eventOf(outcome), wish.context), malformed)
  const response = responseOf(outcome)
  const at = now()
  if (change) {
    wishes.moved(wish, change)
    const configuration = configurationOf(wish, outcome, at)
    await writer.submit('settle', { ...settlement(wish, change, at, response), configuration })
  } else if (response !== null) {
    // The effect was seen before the answer came: the outcome stands, the answer is kept.
    const { status, isFinal } = wish
    await writer.submit(
      'settle',
      settlement(wish, { status, isFinal, reason: null, outcome: '' }, at, response),
    )
  }
}

/** What an answer to GetConfiguration told; it is kept in the flush that settles the command. */
function configurationOf(wish: OpenWish, outcome: CallOutcome, at: Date): ReadConfiguration | null {
  if (wish.action !== 'GetConfiguration' || outcome.kind !== 'result') return null
  const answer = readConfigurationAnswer(outcome.payload)
  if (!answer) return null
  const asked = wish.payload['key']
  const isWhole = !Array.isArray(asked) || asked.length === 0
  return { ...answer, isWhole, chargerId: wish.chargerId, at }
}

export function wishOf(command: ClaimedCommand, now: Date): OpenWish {
  return {
    id: command.id,
    chargerId: command.chargerId,
    action: command.action,
    payload: JSON.parse(command.payloadText) as Record<string, unknown>,
    status: command.status,
    isFinal: false,
    sentAt: command.sentAt,
    context: { charger: command.charger, connectorStatus: command.connectorStatus },
    expiresAtMs: now.getTime() + 10 * 60_000,
  }
}

/** The image or the diagnostics request was deleted while the command waited. */
function withoutFile({ charger }: ClaimedCommand): CommandChange {
  return {
    status: 'failed',
    isFinal: true,
    reason: 'no-file',
    outcome: `The file this is about is no longer there, so nothing was sent to ${charger}.`,
  }
}

/** An answer that is not as the standard says is taken for what it says, kept as it came, and called by its name. */
function saidOf(change: CommandChange | null, malformed: Problem | null): CommandChange | null {
  if (!change || !malformed) return change
  const outcome = `${change.outcome} Its answer was not as OCPP 1.6 says: ${malformed.text}.`
  return { ...change, outcome, reason: change.reason ?? 'malformed-answer' }
}

function eventOf(outcome: CallOutcome): CommandEvent {
  switch (outcome.kind) {
    case 'result':
      return { kind: 'answered', response: outcome.payload }
    case 'error':
      return { kind: 'error', code: outcome.code, description: outcome.description }
    case 'timeout':
      return { kind: 'silence' }
    case 'closed':
    case 'overflow':
      return { kind: 'closed' }
  }
}

/** The payload of the answer, member order kept; a CALLERROR as the charger worded it. */
function responseOf(outcome: CallOutcome): string | null {
  if (outcome.kind === 'result') return JSON.stringify(outcome.payload)
  if (outcome.kind === 'error')
    return JSON.stringify({ errorCode: outcome.code, errorDescription: outcome.description })
  return null
}
