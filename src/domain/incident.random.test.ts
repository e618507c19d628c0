/**
 * The rules under seeded random events: chargers of one site connect, vanish, report, charge, update, lie about the
 * time. Whatever the order: an incident is never open twice, what is well again closes by itself, and it does not
 * matter in how many pieces the worker read it. The seed of a failure is in its title.
 */
import type { Happening } from './incident'
import {
  connected,
  disconnected,
  hour,
  makeWorld,
  minute,
  second,
  status,
  type Row,
  type World,
} from './incident/testing'

const t0 = Date.UTC(2026, 10, 24)
/** More of them by hand, after a change of the rules: INCIDENT_SEEDS=500. */
const seedCount = Number(process.env.INCIDENT_SEEDS ?? 12)
const seeds = Array.from({ length: seedCount }, (_, i) => 1_000 + i * 7_919)

function randomOf(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

const errors = [
  'NoError',
  'HighTemperature',
  'InternalError',
  'GroundFailure',
  'EVCommunicationError',
  'OtherError',
]
const words = [
  'Available',
  'Preparing',
  'Charging',
  'SuspendedEV',
  'Finishing',
  'Faulted',
  'Unavailable',
]
const updates = ['Downloading', 'Installing', 'Installed', 'DownloadFailed', 'Idle']

type Life = { happenings: Happening[]; endMs: number; chargers: number[] }

/** Hours of a site with three chargers; it ends with everything connected and well. */
function lifeOf(seed: number): Life {
  const random = randomOf(seed)
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!
  const chargers = [1, 2, 3]
  const line = new Map(chargers.map((id) => [id, { id: id * 1_000, isOpen: true }]))
  const happenings: Happening[] = chargers.map((id) => connected(id, t0, id * 1_000))
  let atMs = t0
  for (let step = 0; step < 250; step++) {
    atMs += Math.floor(random() ** 3 * 20 * minute) + 10
    const chargerId = pick(chargers)
    const socket = line.get(chargerId)!
    const roll = random()
    if (roll < 0.3) {
      if (socket.isOpen && random() < 0.8) {
        socket.isOpen = false
        happenings.push(
          disconnected(chargerId, atMs, socket.id, {
            isOurs: random() < 0.1,
            lastSeenAtMs: atMs - Math.floor(random() * 60 * second),
          }),
        )
      } else {
        socket.id += 1
        socket.isOpen = true
        happenings.push(connected(chargerId, atMs, socket.id))
      }
    } else if (roll < 0.75) {
      const errorCode = pick(errors)
      happenings.push(
        status(chargerId, atMs, errorCode === 'NoError' ? pick(words) : 'Faulted', {
          connectorId: Math.floor(random() * 3),
          errorCode,
          vendorErrorCode: errorCode === 'OtherError' ? pick(['CX015', 'CX008', 'E-17']) : null,
          skewMs: random() < 0.2 ? Math.floor((random() - 0.5) * hour) : 0,
        }),
      )
    } else if (roll < 0.8)
      happenings.push({
        kind: 'ordered',
        chargerId,
        atMs,
        what: pick(['reset', 'firmware'] as const),
        isUnderWay: random() < 0.6,
      })
    else if (roll < 0.85)
      happenings.push({ kind: 'firmware', chargerId, atMs, status: pick(updates) })
    else if (roll < 0.92)
      happenings.push({
        kind: 'register',
        chargerId,
        atMs,
        sessionId: step,
        connectorId: 1,
        isMoving: random() < 0.5,
        sinceMs: atMs - Math.floor(random() * hour),
      })
    else
      happenings.push({
        kind: 'finished',
        chargerId,
        atMs,
        sessionId: step,
        connectorId: 1,
        energyWh: pick([0, 20, 9_000]),
        isMeterInDoubt: random() < 0.1,
        starts: Array.from({ length: 5 }, (_, i) => ({
          sessionId: step - i,
          energyWh: pick([0, 20, 9_000]),
          card: pick(['a', 'b', 'c']),
        })),
      })
  }
  atMs += 2 * hour
  for (const id of chargers) {
    const socket = line.get(id)!
    happenings.push(connected(id, atMs, socket.id + 1))
    for (const connectorId of [0, 1, 2])
      happenings.push(status(id, atMs + 5 * second, 'Available', { connectorId, skewMs: 0 }))
    happenings.push({
      kind: 'firmware',
      chargerId: id,
      atMs: atMs + 6 * second,
      status: 'Installed',
    })
    happenings.push({
      kind: 'finished',
      chargerId: id,
      atMs: atMs + minute,
      sessionId: 9_999,
      connectorId: 1,
      energyWh: 9_000,
      isMeterInDoubt: false,
      starts: [],
    })
  }
  return { happenings, endMs: atMs + 2 * hour, chargers }
}

/** What the table would show; how often a row went to and fro inside one read is nobody's business. */
const shown = (rows: readonly Row[]) =>
  rows
    .map((row) => ({ ...row, id: 0, openedTimes: 0 }))
    .sort((a, b) => a.key.localeCompare(b.key) || a.firstAtMs - b.firstAtMs)

function live(world: World, life: Life, size: () => number): void {
  for (let i = 0; i < life.happenings.length;) {
    const batch = life.happenings.slice(i, i + size())
    i += batch.length
    world.hear(batch)
  }
  world.passTo(life.endMs)
}

const untilAPersonLooks = /\/(meter-implausible|identity-changed)$/

describe.each(seeds)('seed %i', (seed) => {
  const life = lifeOf(seed)
  const once = makeWorld()
  live(once, life, () => life.happenings.length)

  test('no key is open twice, counts and times make sense, and nothing that is well stays open', () => {
    for (const row of once.rows) {
      expect(row.count).toBeGreaterThanOrEqual(1)
      expect(row.lastAtMs).toBeGreaterThanOrEqual(row.firstAtMs)
      if (row.resolvedAtMs !== null) expect(row.resolvedAtMs).toBeGreaterThanOrEqual(row.firstAtMs)
    }
    expect(once.live().filter((key) => !untilAPersonLooks.test(key))).toEqual([])
    for (const id of life.chargers) expect(once.dueMs(id)).toBeNull()
  })

  test('one by one, or in pieces of any size with time passing between, it is the same', () => {
    const random = randomOf(seed + 1)
    for (const size of [() => 1, () => 1 + Math.floor(random() * 20)]) {
      const world = makeWorld()
      live(world, life, size)
      expect(shown(world.rows)).toEqual(shown(once.rows))
    }
  })

  test('inside one read the order of the rows does not matter', () => {
    const random = randomOf(seed + 2)
    const world = makeWorld()
    const mixed = life.happenings
      .map((happening) => ({ happening, by: random() }))
      .sort((a, b) => a.by - b.by)
      .map(({ happening }) => happening)
    world.hear(mixed, life.endMs)
    expect(shown(world.rows)).toEqual(shown(once.rows))
  })

  test('a charger that is connected is never shown as offline, one that stays away always is', () => {
    const world = makeWorld()
    const isOpen = new Map<number, boolean>()
    for (const happening of life.happenings) {
      world.hear([happening])
      if (happening.kind === 'connected') isOpen.set(happening.chargerId, true)
      if (happening.kind === 'disconnected') isOpen.set(happening.chargerId, false)
      for (const id of life.chargers)
        if (isOpen.get(id)) expect(world.live()).not.toContain(`charger/${id}/offline`)
    }
  })

  test('a person who closes something at random never makes it open twice or come back by itself', () => {
    const random = randomOf(seed + 3)
    const world = makeWorld()
    for (const happening of life.happenings) {
      world.hear([happening])
      const [first] = world.live()
      if (first && random() < 0.2) world.closedByPerson(first, happening.atMs)
      const before = world.live()
      world.passTo(happening.atMs)
      expect(world.live()).toEqual(before)
    }
    world.passTo(life.endMs)
    expect(world.live().filter((key) => !untilAPersonLooks.test(key))).toEqual([])
  })
})
