import type { Book, Evidence } from './book'
import type { Finished, Happening, Met, StatusHeard } from './happenings'
import { wordsOf, wordsOfReport, type IncidentKind, type Words } from './kinds'
import type { ChargerMemory, ConnectorMemory, Silence } from './memory'
import { incidentRules as rules } from './rules'

/** What a rule may use: the charger's memory, the incidents, and how long a charger may be silent. */
export type Desk = {
  chargerId: number
  memory: ChargerMemory
  book: Book
  offlineAfterMs: number
}

export const keyOf = (chargerId: number, kind: IncidentKind, connectorId?: number, code?: string) =>
  [
    'charger',
    chargerId,
    ...(connectorId === undefined ? [] : [connectorId]),
    kind,
    ...(code === undefined ? [] : [code]),
  ].join('/')

/**
 * `hear`: writes one happening into the memory and the incidents of its charger. What only time tells (offline, a
 * fault that stays away, a plug left in) is `passTime`'s and the site's part.
 */
export function hear(desk: Desk, happening: Happening): void {
  switch (happening.kind) {
    case 'met':
      return meet(desk, happening)
    case 'connected':
      return connected(desk, happening.connectionId, happening.atMs)
    case 'disconnected':
      return disconnected(desk, happening)
    case 'booted':
      return booted(desk, happening)
    case 'status':
      return reported(desk, happening)
    case 'ordered':
      return ordered(desk, happening)
    case 'firmware':
      return firmwareTold(desk, happening.status, happening.atMs)
    case 'finished':
      return finished(desk, happening)
    case 'register':
      return registerRead(desk, happening)
  }
}

export function raise(
  desk: Desk,
  incident: {
    words: Words
    atMs: number
    key?: string
    connectorId?: number
    sessionId?: number
    evidence?: Evidence
  },
): void {
  const { words, atMs, connectorId, sessionId, evidence = {} } = incident
  desk.book.raise({
    key: incident.key ?? keyOf(desk.chargerId, words.kind, connectorId),
    words,
    atMs,
    chargerId: desk.chargerId,
    connectorId: connectorId ?? null,
    sessionId: sessionId ?? null,
    evidence,
  })
}

/** Rows are newer than what was heard: where they differ they are right. */
function meet(desk: Desk, met: Met): void {
  const { memory } = desk
  memory.registeredAtMs = met.registeredAtMs
  memory.device ??= met.device
  if (met.hasConnected) memory.hasConnected = true
  const { connection } = met
  if (connection?.isOpen) {
    if (!memory.connection?.isOpen || memory.connection.id < connection.id)
      connected(desk, connection.id, connection.atMs)
  } else if (memory.hasConnected && memory.silence === null) {
    memory.connection = connection ?? memory.connection
    if (memory.connection) memory.connection.isOpen = false
    const sinceMs = met.lastSeenAtMs ?? connection?.atMs ?? met.atMs
    // Nobody says why it is away: it may well have been us.
    memory.silence = silenceFrom(desk, { sinceMs, atMs: met.atMs, isOurs: true, reason: null })
  }
  for (const connector of met.connectors)
    if (!memory.connectors[connector.connectorId]) reported(desk, connector)
}

function connected(desk: Desk, connectionId: number, atMs: number): void {
  const { memory, book, chargerId } = desk
  noteChange(desk, atMs)
  memory.hasConnected = true
  book.settle(keyOf(chargerId, 'never-connected'), atMs, 'It has connected.')
  if (memory.connection && memory.connection.id >= connectionId) return
  memory.connection = { id: connectionId, atMs, isOpen: true }
  memory.silence = null
  book.settle(keyOf(chargerId, 'offline'), atMs, 'The charger is connected again.')
}

function disconnected(desk: Desk, gone: Extract<Happening, { kind: 'disconnected' }>): void {
  const { memory } = desk
  if (!gone.isOurs) noteChange(desk, gone.atMs)
  memory.hasConnected = true
  const known = memory.connection
  const id = gone.connectionId ?? known?.id ?? 0
  const sinceMs = gone.lastSeenAtMs ?? gone.atMs
  if (gone.connectionId === null && known && known.atMs > sinceMs) return
  // A newer connection holds the charger, or this one is known to be closed: the late word changes nothing.
  if (known && (known.id > id || (known.id === id && !known.isOpen))) return
  memory.connection = { id, atMs: known?.id === id ? known.atMs : gone.atMs, isOpen: false }
  memory.silence = silenceFrom(desk, { ...gone, sinceMs })
}

function silenceFrom(
  desk: Desk,
  gone: { sinceMs: number; atMs: number; isOurs: boolean; reason: string | null },
): Silence {
  const sinceMs = Math.min(gone.sinceMs, gone.atMs)
  const patienceMs = gone.isOurs ? rules.serverGraceMs : 0
  return {
    sinceMs,
    dueMs: Math.max(sinceMs + desk.offlineAfterMs, gone.atMs + patienceMs),
    told: 'no',
    isAlone: gone.isOurs,
    reason: gone.reason,
  }
}

/** Counts a change of the connection, unless we ordered it; too many in too little time are one incident. */
function noteChange(desk: Desk, atMs: number): void {
  const { memory, book, chargerId } = desk
  if (memory.excuse && atMs <= memory.excuse.untilMs) return
  if (memory.changesMs.includes(atMs)) return
  const key = keyOf(chargerId, 'flapping')
  const newest = Math.max(atMs, memory.changesMs.at(-1) ?? 0)
  // What a person has closed counts from then on.
  const fromMs = Math.max(newest - rules.flapWindowMs, book.closedByPersonMs(key) ?? 0)
  memory.changesMs = [...memory.changesMs, atMs]
    .sort((a, b) => a - b)
    .filter((one) => one >= fromMs)
    .slice(-50)
  if (memory.changesMs.length <= rules.flapChanges) return
  raise(desk, {
    words: wordsOf('flapping', 'flapping'),
    atMs,
    evidence: { changes: memory.changesMs.length, sinceMs: memory.changesMs[0] },
  })
  const why = 'Counted as a connection that comes and goes.'
  book.settle(keyOf(chargerId, 'offline'), atMs, why)
  if (memory.silence?.told === 'alone') memory.silence.told = 'no'
}

function booted(desk: Desk, boot: Extract<Happening, { kind: 'booted' }>): void {
  const { memory, book, chargerId } = desk
  const before = memory.device
  const { vendor, model, serial, firmware, atMs } = boot
  memory.device = {
    vendor,
    model,
    serial: serial ?? before?.serial ?? null,
    firmware: firmware ?? before?.firmware ?? null,
  }
  const isOther =
    before !== null &&
    (before.model !== model ||
      (before.serial !== null && serial !== null && before.serial !== serial))
  if (isOther)
    raise(desk, {
      words: wordsOf('identity-changed', 'identity-changed'),
      atMs,
      evidence: {
        before: [before.vendor, before.model, before.serial],
        now: [vendor, model, serial],
      },
    })
  if (firmware && before?.firmware && firmware !== before.firmware) {
    memory.firmware = null
    book.settle(
      keyOf(chargerId, 'firmware-failed'),
      atMs,
      `It started with another version: ${firmware}.`,
    )
  }
  if (memory.excuse)
    memory.excuse.untilMs = Math.min(memory.excuse.untilMs, atMs + rules.afterBootMs)
}

function ordered(desk: Desk, order: Extract<Happening, { kind: 'ordered' }>): void {
  const { memory } = desk
  if (order.isUnderWay) {
    const untilMs = order.atMs + (order.what === 'reset' ? rules.resetMs : rules.firmwareMs)
    memory.excuse = { why: order.what, untilMs: Math.max(untilMs, memory.excuse?.untilMs ?? 0) }
    if (memory.silence) memory.silence.dueMs = Math.max(memory.silence.dueMs, untilMs)
  } else if (memory.excuse?.why === order.what) memory.excuse = null
}

const underWay = new Set([
  'Downloading',
  'Downloaded',
  'DownloadScheduled',
  'Installing',
  'InstallScheduled',
  'InstallRebooting',
  'SignatureVerified',
])
const failedUpdates = new Set([
  'DownloadFailed',
  'InstallationFailed',
  'InstallVerificationFailed',
  'InvalidSignature',
  'DownloadPaused',
])

function firmwareTold(desk: Desk, status: string, atMs: number): void {
  const { memory, book, chargerId } = desk
  if (memory.firmware && memory.firmware.atMs > atMs) return
  if (underWay.has(status)) {
    memory.firmware = { status, atMs, isTold: false }
    memory.excuse = { why: 'firmware', untilMs: atMs + rules.firmwareMs }
    return
  }
  // Whatever the end was, a restart may follow it.
  const isOurs = memory.firmware !== null
  memory.firmware = null
  if (isOurs) memory.excuse = { why: 'firmware', untilMs: atMs + rules.resetMs }
  if (status === 'Installed')
    book.settle(keyOf(chargerId, 'firmware-failed'), atMs, 'The update was installed.')
  else if (failedUpdates.has(status))
    raise(desk, {
      words: wordsOf('firmware-failed', 'firmware-failed'),
      atMs,
      evidence: { status },
    })
}

function reported(desk: Desk, report: StatusHeard): void {
  const { memory, book, chargerId } = desk
  const { connectorId, atMs } = report
  const before = memory.connectors[connectorId]
  if (before && before.heardAtMs > atMs) return
  const words = wordsOfReport(report)
  const isSameStatus = before?.status === report.status
  const connector: ConnectorMemory = {
    status: report.status,
    heardAtMs: atMs,
    sinceMs: isSameStatus ? before.sinceMs : atMs,
    code: words?.code ?? null,
    keys: before?.keys ?? [],
    clearAtMs: before?.clearAtMs ?? null,
    isStuckTold: isSameStatus && before.isStuckTold,
    standstillOf: isSameStatus ? before.standstillOf : null,
  }
  memory.connectors[connectorId] = connector
  if (!isSameStatus) {
    book.settle(keyOf(chargerId, 'connector-stuck', connectorId), atMs, 'Its status has changed.')
    if (report.status !== 'Charging')
      book.settle(
        keyOf(chargerId, 'no-energy', connectorId),
        atMs,
        'The charger does not say any more that it is charging.',
      )
  }
  if (words) faultReported(desk, { report, words, connector, before })
  else if (connector.keys.length > 0 || memory.powerLoss?.connectorId === connectorId)
    connector.clearAtMs ??= atMs + rules.clearAfterMs
  readClock(desk, report)
}

function faultReported(
  desk: Desk,
  heard: {
    report: StatusHeard
    words: Words & { code: string }
    connector: ConnectorMemory
    before: ConnectorMemory | undefined
  },
): void {
  const { report, words, connector, before } = heard
  const { memory, book, chargerId } = desk
  const { connectorId, atMs } = report
  const { code } = words
  const key = keyOf(chargerId, words.kind, connectorId, words.kind === 'fault' ? code : undefined)
  connector.clearAtMs = null
  if (before?.code === code) return
  if (words.kind === 'power-loss') {
    // A neighbour may say the same in a moment: then it is the site's.
    memory.powerLoss ??= { atMs, connectorId, told: 'no', isAlone: false }
    if (memory.powerLoss.told !== 'alone') return
  }
  if (words.severity === 'notice' && !book.isLive(key)) {
    const times = [...(memory.noticesMs[key] ?? []), atMs]
      .filter((one) => atMs - one <= rules.noticeWindowMs)
      .slice(-rules.noticeTimes)
    memory.noticesMs[key] = times
    if (times.length < rules.noticeTimes) return
    delete memory.noticesMs[key]
  }
  raise(desk, { words, atMs, key, connectorId, evidence: evidenceOf(report, code) })
  if (!connector.keys.includes(key)) connector.keys = [...connector.keys, key]
}

export function evidenceOf(report: StatusHeard, code: string): Evidence {
  const { status, errorCode, vendorErrorCode, info } = report
  return { code, status, errorCode, vendorErrorCode, info }
}

function readClock(desk: Desk, { skewMs, atMs }: StatusHeard): void {
  const { memory, book, chargerId } = desk
  if (skewMs === null) return
  const skew = Math.abs(skewMs)
  const key = keyOf(chargerId, 'clock-wrong')
  if (skew < rules.skewClosesMs) {
    memory.wrongClocks = 0
    book.settle(key, atMs, 'Its clock is right again.')
    return
  }
  const { connection } = memory
  const isFromQueue = skewMs < 0 && connection !== null && atMs - connection.atMs < rules.queueMs
  if (skew <= rules.skewOpensMs || isFromQueue) return
  memory.wrongClocks = Math.min(memory.wrongClocks + 1, 1_000)
  if (memory.wrongClocks < rules.skewReadings || book.isLive(key)) return
  if (memory.wrongClocks > rules.skewReadings) return
  raise(desk, {
    words: wordsOf('clock-wrong', 'clock-wrong'),
    atMs,
    evidence: { skewSeconds: Math.round(skewMs / 1000) },
  })
}

function finished(desk: Desk, session: Finished): void {
  const { memory, book, chargerId } = desk
  const { connectorId, sessionId, atMs, starts } = session
  book.settle(keyOf(chargerId, 'no-energy', connectorId), atMs, 'The session has ended.')
  if (session.isMeterInDoubt) {
    memory.reviews = [
      ...memory.reviews.filter((one) => one.sessionId !== sessionId),
      { sessionId, atMs },
    ]
      .filter((one) => atMs - one.atMs <= rules.reviewWindowMs)
      .slice(-10)
    if (memory.reviews.length >= rules.reviews)
      raise(desk, {
        words: wordsOf('meter-implausible', 'meter-implausible'),
        atMs,
        sessionId,
        evidence: { sessions: memory.reviews.map((one) => one.sessionId) },
      })
  }
  const startsKey = keyOf(chargerId, 'starts-fail', connectorId)
  if ((session.energyWh ?? 0) >= rules.someEnergyWh)
    return book.settle(startsKey, atMs, 'A session has taken energy again.')
  const looked = starts.slice(0, rules.startsLooked)
  const failed = looked.filter((start) => (start.energyWh ?? Infinity) < rules.noEnergyWh)
  const cards = new Set(failed.map((start) => start.card).filter((card) => card !== null))
  const isOneOfThem = failed.some((start) => start.sessionId === sessionId)
  if (isOneOfThem && failed.length >= rules.startsFailed && cards.size >= rules.startsCards)
    raise(desk, {
      words: wordsOf('starts-fail', 'starts-fail'),
      atMs,
      connectorId,
      sessionId,
      evidence: {
        failed: failed.length,
        of: looked.length,
        cards: cards.size,
        sessions: failed.map((start) => start.sessionId),
      },
    })
}

function registerRead(desk: Desk, read: Extract<Happening, { kind: 'register' }>): void {
  const { memory, book, chargerId } = desk
  const { connectorId, sessionId, atMs, sinceMs } = read
  const key = keyOf(chargerId, 'no-energy', connectorId)
  const connector = memory.connectors[connectorId]
  if (read.isMoving) {
    if (connector) connector.standstillOf = null
    return book.settle(key, atMs, 'The meter moves again.')
  }
  if (connector?.status !== 'Charging' || connector.standstillOf === sessionId) return
  if (atMs - Math.max(sinceMs, connector.sinceMs) < rules.standstillMs) return
  connector.standstillOf = sessionId
  raise(desk, {
    words: wordsOf('no-energy', 'no-energy'),
    atMs,
    connectorId,
    sessionId,
    evidence: { sinceMs, sessionId },
  })
}
