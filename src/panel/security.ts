import { loginsOf } from '@/db/queries/logins'
import { readSecondFactorState, type SecondFactorState } from '@/db/queries/secondFactors'
import { sayDevice } from '@/domain/device'

import { viewerOf, type Looking } from './viewer'

export type LoginRow = {
  id: string
  device: string
  ip: string | null
  /** ISO 8601. */
  seenAt: string
  beganAt: string
  isThis: boolean
}

export type SecurityPage = { secondFactor: SecondFactorState; logins: LoginRow[] }

/** `loadSecurity`: one's own second factor, and where one is signed in; the login that looks comes first. */
export async function loadSecurity(looking: Looking): Promise<SecurityPage | null> {
  const viewer = await viewerOf(looking)
  if (!viewer) return null
  const [secondFactor, logins] = await Promise.all([
    readSecondFactorState(viewer.sql, viewer.userId),
    loginsOf(viewer.sql, viewer.userId),
  ])
  const rows = logins.map(({ id, agent, ip, seenAt, beganAt }) => ({
    id,
    device: sayDevice(agent),
    ip,
    seenAt: seenAt.toISOString(),
    beganAt: beganAt.toISOString(),
    isThis: id === viewer.sessionId,
  }))
  rows.sort((a, b) => Number(b.isThis) - Number(a.isThis) || b.seenAt.localeCompare(a.seenAt))
  return { secondFactor, logins: rows }
}
