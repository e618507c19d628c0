import { evidenceOf, keyOf, raise, type Desk } from './charger'
import { wordsOf, wordsOfReport } from './kinds'
import type { ChargerMemory } from './memory'
import { incidentRules as rules } from './rules'

const plugged = new Set(['Preparing', 'Finishing'])

/**
 * `dueOf`: when time alone will next change something for a charger; null where nothing waits. `isFlapping` says
 * whether its incident is open: while it is, being away is part of it.
 */
export function dueOf(memory: ChargerMemory, isFlapping: boolean): number | null {
  const dues: number[] = []
  if (!memory.hasConnected && !memory.isNeverTold)
    dues.push(memory.registeredAtMs + rules.neverConnectedMs)
  if (isFlapping) dues.push(quietAtMs(memory))
  else if (memory.silence?.told === 'no') dues.push(silenceDueMs(memory))
  if (memory.powerLoss?.told === 'no') dues.push(memory.powerLoss.atMs + rules.powerLossHoldMs)
  if (memory.firmware && !memory.firmware.isTold) dues.push(memory.firmware.atMs + rules.firmwareMs)
  for (const connector of Object.values(memory.connectors)) {
    if (connector.clearAtMs !== null) dues.push(connector.clearAtMs)
    if (plugged.has(connector.status) && !connector.isStuckTold && memory.connection?.isOpen)
      dues.push(stuckAtMs(memory, connector.sinceMs))
  }
  return dues.length > 0 ? Math.min(...dues) : null
}

const quietAtMs = (memory: ChargerMemory) => (memory.changesMs.at(-1) ?? 0) + rules.flapWindowMs

const stuckAtMs = (memory: ChargerMemory, sinceMs: number) =>
  Math.max(sinceMs + rules.stuckMs, (memory.connection?.atMs ?? 0) + rules.settleMs)

/** Being away while we ordered a restart or an update is no incident before that has had its time. */
export function silenceDueMs(memory: ChargerMemory): number {
  const { silence, excuse } = memory
  if (!silence) return Infinity
  const isExcused = excuse !== null && silence.sinceMs <= excuse.untilMs
  return Math.max(silence.dueMs, isExcused ? excuse.untilMs : 0)
}

/**
 * `passTime`: what has become due at `atMs` for one charger by itself. Being dark (silent, or a reported loss of power)
 * is not among it: whether it is one charger or the site is decided for the site.
 */
export function passTime(desk: Desk, atMs: number): void {
  const { memory, book, chargerId } = desk
  if (
    !memory.hasConnected &&
    !memory.isNeverTold &&
    memory.registeredAtMs + rules.neverConnectedMs <= atMs
  ) {
    memory.isNeverTold = true
    raise(desk, {
      words: wordsOf('never-connected', 'never-connected'),
      atMs,
      evidence: { registeredAtMs: memory.registeredAtMs },
    })
  }
  const flapping = keyOf(chargerId, 'flapping')
  if (book.isLive(flapping) && quietAtMs(memory) <= atMs)
    book.settle(flapping, quietAtMs(memory), 'The connection has been quiet for half an hour.')
  const { firmware } = memory
  if (firmware && !firmware.isTold && firmware.atMs + rules.firmwareMs <= atMs) {
    firmware.isTold = true
    raise(desk, {
      words: wordsOf('firmware-stuck', 'firmware-failed'),
      atMs,
      evidence: { status: firmware.status, sinceMs: firmware.atMs },
    })
  }
  for (const [number, connector] of Object.entries(memory.connectors)) {
    const connectorId = Number(number)
    if (connector.clearAtMs !== null && connector.clearAtMs <= atMs) {
      for (const key of connector.keys)
        book.settle(key, connector.clearAtMs, 'The charger reports that it is well again.')
      if (memory.powerLoss?.connectorId === connectorId) memory.powerLoss = null
      connector.keys = []
      connector.clearAtMs = null
    }
    const isStuck =
      plugged.has(connector.status) &&
      !connector.isStuckTold &&
      memory.connection?.isOpen === true &&
      stuckAtMs(memory, connector.sinceMs) <= atMs
    if (isStuck) {
      connector.isStuckTold = true
      raise(desk, {
        words: wordsOf('connector-stuck', 'connector-stuck'),
        atMs,
        connectorId,
        evidence: { status: connector.status, sinceMs: connector.sinceMs },
      })
    }
  }
}

/** Opens the incident of one charger that is away. */
export function tellOffline(desk: Desk, atMs: number): void {
  const { silence } = desk.memory
  if (!silence) return
  silence.told = 'alone'
  raise(desk, {
    words: wordsOf('offline', 'offline'),
    atMs,
    evidence: { sinceMs: silence.sinceMs, reason: silence.reason },
  })
}

/** Opens the incident of one charger that reports that its power is gone. */
export function tellPowerLoss(desk: Desk, atMs: number): void {
  const { memory } = desk
  if (!memory.powerLoss) return
  memory.powerLoss.told = 'alone'
  const { connectorId } = memory.powerLoss
  const report = {
    kind: 'status',
    chargerId: desk.chargerId,
    atMs,
    connectorId,
    status: 'Faulted',
    errorCode: 'OtherError',
    vendorErrorCode: 'CX015',
    info: null,
    skewMs: null,
  } as const
  const words = wordsOfReport(report)
  if (!words) return
  const key = keyOf(desk.chargerId, 'power-loss', connectorId)
  raise(desk, {
    words,
    atMs: memory.powerLoss.atMs,
    key,
    connectorId,
    evidence: evidenceOf(report, 'CX015'),
  })
  const connector = memory.connectors[connectorId]
  if (connector && !connector.keys.includes(key)) connector.keys = [...connector.keys, key]
}
