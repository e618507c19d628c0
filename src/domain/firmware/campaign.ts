import { isEnded, type TargetReason, type TargetState } from './attempt'
import { isWindowOpen, type Window } from './window'

export type CampaignState = 'scheduled' | 'running' | 'halted' | 'done' | 'cancelled'

export type Campaign = {
  state: CampaignState
  /** Null: at once. */
  startAt: Date | null
  createdAt: Date
  window: Window | null
  /** Failures of a wave above this halt the campaign. */
  haltFailurePercent: number
  /** Somebody saw the failures before this instant and went on. */
  resumedAt: Date | null
}

/** As much of a target as the campaign's decisions need. */
export type Member = {
  chargerId: number
  /** From 1. */
  wave: number
  state: TargetState
  reason: TargetReason | null
  finishedAt: Date | null
  isConnected: boolean
  timezone: string
  /** A command to it failed a moment ago. */
  mustRest: boolean
}

export type Plan = {
  state: CampaignState
  /** Only with `halted`: the wave and its figures. */
  halt: { wave: number; failed: number; size: number } | null
  /** Chargers to send to now, in the order of their waves. */
  send: number[]
  /** Chargers that were not connected for too long. */
  giveUp: number[]
}

/** How long a campaign waits for chargers that are not connected. With a window each night is one chance. */
export const connectWithinMs = { usual: 24 * 3_600_000, withWindow: 7 * 24 * 3_600_000 }

/**
 * `planCampaign`: what is to happen now. A wave is sent when the one before is through; chargers that are not connected
 * do not hold the others up, they are sent to when they come. Failures above the limit in one wave halt everything that
 * was not sent yet; what is under way goes on, nobody can call it back.
 */
export function planCampaign(campaign: Campaign, members: readonly Member[], now: Date): Plan {
  const nothing: Plan = { state: campaign.state, halt: null, send: [], giveUp: [] }
  const starts = campaign.startAt ?? campaign.createdAt
  if (campaign.state === 'scheduled' && starts.getTime() > now.getTime()) return nothing
  if (campaign.state === 'done' || campaign.state === 'cancelled') return nothing

  const isLate = now.getTime() - starts.getTime() >= patienceOf(campaign)
  const giveUp = members.filter((one) => one.state === 'waiting' && !one.isConnected && isLate)
  const gone = new Set(giveUp.map((one) => one.chargerId))
  const open = members.filter((one) => !isEnded(one.state) && !gone.has(one.chargerId))
  const given = giveUp.map((one) => one.chargerId)
  if (open.length === 0) return { ...nothing, state: 'done', giveUp: given }

  const halt = overLimit(campaign, members)
  const mayHalt = open.some((one) => one.state === 'waiting')
  if (halt && mayHalt) return { ...nothing, state: 'halted', halt, giveUp: given }
  if (campaign.state === 'halted') return { ...nothing, giveUp: given }

  const blocking = open.filter((one) => one.state !== 'waiting' || one.isConnected)
  const wave = Math.min(...blocking.map((one) => one.wave))
  const send = open
    .filter(
      (one) =>
        one.state === 'waiting' &&
        one.isConnected &&
        !one.mustRest &&
        one.wave <= wave &&
        isWindowOpen(campaign.window, one.timezone, now),
    )
    .sort((a, b) => a.wave - b.wave || a.chargerId - b.chargerId)
  return { ...nothing, state: 'running', send: send.map((one) => one.chargerId), giveUp: given }
}

/** Counts what was tried: a charger that never came is no sign of a bad image. */
function overLimit(campaign: Campaign, members: readonly Member[]): Plan['halt'] {
  const waves = new Map<number, { failed: number; size: number }>()
  for (const one of members) {
    const wave = waves.get(one.wave) ?? { failed: 0, size: 0 }
    waves.set(one.wave, wave)
    wave.size += 1
    if (counts(one, campaign.resumedAt)) wave.failed += 1
  }
  for (const [wave, { failed, size }] of [...waves].sort(([a], [b]) => a - b))
    if (failed > 0 && failed * 100 > campaign.haltFailurePercent * size)
      return { wave, failed, size }
  return null
}

function counts(member: Member, resumedAt: Date | null): boolean {
  if (member.state !== 'failed' || member.reason === 'offline') return false
  if (!resumedAt) return true
  return member.finishedAt !== null && member.finishedAt.getTime() > resumedAt.getTime()
}

function patienceOf({ window }: Campaign): number {
  return window ? connectWithinMs.withWindow : connectWithinMs.usual
}

/** `wavesOf`: chargers in the order given, so many to a wave; no size: all in one. */
export function wavesOf(
  chargerIds: readonly number[],
  waveSize: number | null,
): Map<number, number> {
  const size = waveSize && waveSize > 0 ? waveSize : Math.max(1, chargerIds.length)
  return new Map(chargerIds.map((id, index) => [id, Math.floor(index / size) + 1]))
}

/** `fitsImage`: an image is for one maker, and for one of its models unless it names none. */
export function fitsImage(
  image: { vendor: string; model: string | null },
  charger: { vendor: string | null; model: string | null },
): boolean {
  if (!isSameWord(image.vendor, charger.vendor)) return false
  return !image.model?.trim() || isSameWord(image.model, charger.model)
}

function isSameWord(a: string | null, b: string | null): boolean {
  return a !== null && b !== null && a.trim().toLowerCase() === b.trim().toLowerCase()
}
