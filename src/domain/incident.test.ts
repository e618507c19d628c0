import { chargexFaults, ocppFaults, situations } from './faults'
import { incidentKinds, reaches, titleOfKind, wordsOfReport, type Happening } from './incident'
import {
  connected,
  disconnected,
  faulted,
  hour,
  makeWorld,
  minute,
  second,
  status,
  type World,
} from './incident/testing'

const t0 = Date.UTC(2026, 10, 24, 12)
const key = (chargerId: number, rest: string) => `charger/${chargerId}/${rest}`

/** A world in which these chargers have been connected for an hour. */
function settled(ids: number[] = [1], options: Parameters<typeof makeWorld>[0] = {}): World {
  const world = makeWorld(options)
  world.hear(ids.map((id) => connected(id, t0 - hour, id * 100)))
  return world
}

describe('the words', () => {
  test('every fault that has words has a kind and a short title, and severities are told apart', () => {
    for (const { code, severity } of [...ocppFaults, ...chargexFaults]) {
      const words = wordsOfReport({
        status: 'Faulted',
        errorCode: code,
        vendorErrorCode: null,
        info: null,
      })
      expect(words).toMatchObject({ code, severity })
      expect(incidentKinds).toContain(words!.kind)
      expect(words!.title).not.toBe('')
    }
  })

  test.each([
    ['HighTemperature', 'overheating'],
    ['CX019', 'overheating'],
    ['ConnectorLockFailure', 'lock'],
    ['GroundFailure', 'ground'],
    ['CX004', 'over-current'],
    ['CX015', 'power-loss'],
    ['OverVoltage', 'fault'],
    ['ReaderFailure', 'card-reader'],
    ['WeakSignal', 'communication'],
    ['EVCommunicationError', 'vehicle'],
    ['CX008', 'fault'],
    ['SomethingOfAVendor', 'fault'],
  ])('%s is an incident of the kind %s', (errorCode, kind) => {
    const report = { status: 'Faulted', errorCode, vendorErrorCode: null, info: null }
    expect(wordsOfReport(report)?.kind).toBe(kind)
  })

  test('Faulted without an error is a fault; anything else without one is none', () => {
    const report = { errorCode: 'NoError', vendorErrorCode: null, info: null }
    expect(wordsOfReport({ ...report, status: 'Faulted' })?.kind).toBe('fault')
    expect(wordsOfReport({ ...report, status: 'Unavailable' })).toBeNull()
  })

  test('what no code tells has a sentence and something to try', () => {
    for (const { sentence, steps } of Object.values(situations)) {
      expect(sentence).toMatch(/^[A-Z].*\.$/)
      expect(steps.length).toBeGreaterThan(0)
    }
    expect(Object.keys(titleOfKind).sort()).toEqual([...incidentKinds].sort())
  })

  test('an urgent one reaches everybody, a notice only who wants notices', () => {
    expect(reaches('urgent', 'urgent')).toBe(true)
    expect(reaches('fault', 'urgent')).toBe(false)
    expect(reaches('urgent', 'notice')).toBe(true)
    expect(reaches('notice', 'fault')).toBe(false)
  })
})

describe('faults', () => {
  test('an error opens one incident with its words and what was reported', () => {
    const world = settled()
    world.hear([faulted(1, t0, 'HighTemperature', { info: 'T=91' })])
    expect(world.row(key(1, '1/overheating'))).toMatchObject({
      severity: 'urgent',
      count: 1,
      firstAtMs: t0,
      evidence: { code: 'HighTemperature', status: 'Faulted', info: 'T=91' },
    })
  })

  test('the same error in a repeated report is no news, another of the same kind is a repeat', () => {
    const world = settled()
    world.hear([faulted(1, t0, 'HighTemperature')])
    world.hear([faulted(1, t0 + second, 'HighTemperature', { info: 'T=92' })])
    expect(world.row(key(1, '1/overheating')).count).toBe(1)
    world.hear([faulted(1, t0 + 2 * second, 'CX003')])
    expect(world.rows).toHaveLength(1)
    expect(world.row(key(1, '1/overheating')).count).toBe(2)
  })

  test('NoError closes it after a quiet minute, not before', () => {
    const world = settled()
    world.hear(
      [faulted(1, t0, 'GroundFailure'), status(1, t0 + second, 'Available')],
      t0 + 60 * second,
    )
    expect(world.live()).toEqual([key(1, '1/ground')])
    world.passTo(t0 + 61 * second)
    expect(world.live()).toEqual([])
    expect(world.row(key(1, '1/ground'))).toMatchObject({
      isAutoResolved: true,
      resolvedAtMs: t0 + 61 * second,
    })
  })

  test('a storm of 1,000 flapping reports is one incident that was opened once', () => {
    const world = settled()
    const storm = Array.from({ length: 1_000 }, (_, i) =>
      i % 2 === 0
        ? faulted(1, t0 + i * 100, 'ConnectorLockFailure')
        : status(1, t0 + i * 100, 'Available'),
    )
    for (let i = 0; i < storm.length; i += 37) world.hear(storm.slice(i, i + 37))
    expect(world.rows).toHaveLength(1)
    expect(world.rows[0]).toMatchObject({ count: 500, openedTimes: 1, status: 'open' })
    world.passTo(t0 + 1_000 * 100 + 2 * minute)
    expect(world.live()).toEqual([])
  })

  test('one that comes back within half an hour is the same incident, later it is another', () => {
    const world = settled()
    world.hear([faulted(1, t0, 'InternalError'), status(1, t0 + second, 'Available')])
    world.passTo(t0 + 5 * minute)
    expect(world.live()).toEqual([])
    world.hear([faulted(1, t0 + 20 * minute, 'InternalError')])
    expect(world.rows).toHaveLength(1)
    expect(world.rows[0]).toMatchObject({ count: 2, openedTimes: 2, status: 'open' })
    world.hear([status(1, t0 + 21 * minute, 'Available')])
    world.hear([faulted(1, t0 + 2 * hour, 'InternalError')])
    expect(world.rows).toHaveLength(2)
  })

  test('one that a person closed stays closed while nothing new is said; the next time it is another', () => {
    const world = settled()
    world.hear([faulted(1, t0, 'InternalError')])
    world.closedByPerson(key(1, '1/fault/InternalError'), t0 + minute)
    world.hear([faulted(1, t0 + 2 * minute, 'InternalError', { info: 'again' })])
    expect(world.live()).toEqual([])
    world.hear([
      status(1, t0 + 3 * minute, 'Available'),
      faulted(1, t0 + 4 * minute, 'InternalError'),
    ])
    expect(world.rows).toHaveLength(2)
    expect(world.live()).toEqual([key(1, '1/fault/InternalError')])
  })

  test('faults of the charger itself and of each connector are apart, and close apart', () => {
    const world = settled()
    world.hear([
      faulted(1, t0, 'InternalError', { connectorId: 0 }),
      faulted(1, t0, 'HighTemperature', { connectorId: 2 }),
      status(1, t0 + second, 'Available', { connectorId: 0 }),
    ])
    world.passTo(t0 + 5 * minute)
    expect(world.live()).toEqual([key(1, '2/overheating')])
  })

  test('another error without NoError between keeps both; NoError closes both', () => {
    const world = settled()
    world.hear([faulted(1, t0, 'HighTemperature'), faulted(1, t0 + second, 'PowerMeterFailure')])
    expect(world.live()).toEqual([key(1, '1/fault/PowerMeterFailure'), key(1, '1/overheating')])
    world.hear([status(1, t0 + minute, 'Available')], t0 + 3 * minute)
    expect(world.live()).toEqual([])
  })

  test('a notice is no incident until it comes three times in an hour', () => {
    const world = settled()
    const once = (i: number) => [
      status(1, t0 + i * 10 * minute, 'SuspendedEVSE', { errorCode: 'EVCommunicationError' }),
      status(1, t0 + i * 10 * minute + second, 'Available'),
    ]
    world.hear([...once(0), ...once(1)])
    expect(world.rows).toEqual([])
    world.hear([...once(9), ...once(10)])
    expect(world.rows).toEqual([])
    world.hear(once(11))
    expect(world.row(key(1, '1/vehicle'))).toMatchObject({ severity: 'notice' })
  })

  test('a late report of an older state changes nothing', () => {
    const world = settled()
    world.hear([status(1, t0 + minute, 'Available')])
    world.hear([faulted(1, t0, 'GroundFailure')], t0 + 2 * minute)
    expect(world.rows).toEqual([])
  })
})

describe('offline', () => {
  test('opens when the charger has been silent for the time of the settings, closes with the next connection', () => {
    const world = settled([1], { offlineAfterMs: 120 * second })
    world.hear([disconnected(1, t0, 100)], t0 + 119 * second)
    expect(world.live()).toEqual([])
    world.passTo(t0 + 120 * second)
    expect(world.row(key(1, 'offline'))).toMatchObject({
      firstAtMs: t0 + 120 * second,
      severity: 'fault',
    })
    world.hear([connected(1, t0 + 10 * minute, 101)])
    expect(world.live()).toEqual([])
    expect(world.row(key(1, 'offline')).resolvedAtMs).toBe(t0 + 10 * minute)
  })

  test('counts from the last sign of life, not from when the socket was given up', () => {
    const world = settled()
    world.hear([disconnected(1, t0, 100, { lastSeenAtMs: t0 - 70 * second })], t0 + 5 * second)
    expect(world.live()).toEqual([key(1, 'offline')])
  })

  test('a charger that is back in time was never away', () => {
    const world = settled()
    world.hear([disconnected(1, t0, 100), connected(1, t0 + 74 * second, 101)], t0 + hour)
    expect(world.rows).toEqual([])
  })

  test('QUIRKS 9 the late close of an old connection does not take the new one away', () => {
    const world = settled()
    world.hear([connected(1, t0, 101)])
    world.hear([disconnected(1, t0 + 30 * second, 100)], t0 + hour)
    expect(world.rows).toEqual([])
    world.hear([disconnected(1, t0 + hour, null, { lastSeenAtMs: t0 - minute })], t0 + 2 * hour)
    expect(world.rows).toEqual([])
  })

  test('a close that is heard before its own opening counts', () => {
    const world = settled()
    world.hear([disconnected(1, t0 + second, 101)])
    world.hear([connected(1, t0, 101)], t0 + 5 * minute)
    expect(world.live()).toEqual([key(1, 'offline')])
  })

  test.each([
    ['reset', 10 * minute],
    ['firmware', hour],
  ] as const)('is none while a %s that we ordered is under way', (what, longest) => {
    const world = settled()
    world.hear(
      [
        { kind: 'ordered', chargerId: 1, atMs: t0, what, isUnderWay: true },
        disconnected(1, t0 + 5 * second, 100),
      ],
      t0 + longest - second,
    )
    expect(world.live()).toEqual([])
    world.passTo(t0 + longest)
    expect(world.live()).toEqual([key(1, 'offline')])
  })

  test('a restart that ends at its boot is no excuse for the next silence', () => {
    const world = settled()
    world.hear([
      { kind: 'ordered', chargerId: 1, atMs: t0, what: 'reset', isUnderWay: true },
      disconnected(1, t0 + 5 * second, 100),
      connected(1, t0 + 40 * second, 101),
      boot(1, t0 + 41 * second),
      disconnected(1, t0 + 4 * minute, 101),
    ])
    world.passTo(t0 + 4 * minute + 75 * second)
    expect(world.live()).toEqual([key(1, 'offline')])
  })

  test('an update that goes on by what the charger says of it is an excuse too', () => {
    const world = settled()
    world.hear(
      [
        { kind: 'firmware', chargerId: 1, atMs: t0, status: 'Installing' },
        disconnected(1, t0 + minute, 100),
      ],
      t0 + 30 * minute,
    )
    expect(world.live()).toEqual([])
  })

  test('a restart of our own server gives its chargers five minutes, and never makes it a matter of the site', () => {
    const world = settled([1, 2, 3])
    world.hear(
      [1, 2, 3].map((id) => disconnected(id, t0, id * 100, { isOurs: true })),
      t0 + 4 * minute,
    )
    expect(world.live()).toEqual([])
    world.hear([connected(1, t0 + 4 * minute, 1001), connected(2, t0 + 4 * minute, 1002)])
    world.passTo(t0 + 6 * minute)
    expect(world.live()).toEqual([key(3, 'offline')])
    expect(world.rows).toHaveLength(1)
  })

  test('one that a person closed is not opened again by the same silence', () => {
    const world = settled()
    world.hear([disconnected(1, t0, 100)], t0 + 2 * minute)
    world.closedByPerson(key(1, 'offline'), t0 + 3 * minute)
    world.passTo(t0 + 5 * hour)
    expect(world.live()).toEqual([])
    world.hear(
      [connected(1, t0 + 5 * hour, 101), disconnected(1, t0 + 6 * hour, 101)],
      t0 + 7 * hour,
    )
    expect(world.live()).toEqual([key(1, 'offline')])
  })

  test('what the rows show of a charger that is met for the first time has its grace', () => {
    const world = makeWorld()
    world.hear([met(1, t0, { isOpen: false, lastSeenAtMs: t0 - hour })], t0 + 4 * minute)
    expect(world.live()).toEqual([])
    world.passTo(t0 + 5 * minute)
    expect(world.live()).toEqual([key(1, 'offline')])
    world.hear([met(1, t0 + 6 * minute, { isOpen: true, id: 7 })])
    expect(world.live()).toEqual([])
  })
})

describe('a site without power', () => {
  test('two chargers that go silent within two minutes are one incident of the site, not one each', () => {
    const world = settled([1, 2, 3])
    world.hear([disconnected(1, t0, 100), disconnected(2, t0 + 60 * second, 200)])
    world.passTo(t0 + 60 * second + 75 * second)
    expect(world.live()).toEqual(['site/1/site-power-lost'])
    expect(world.rows).toHaveLength(1)
    expect(world.rows[0]!.evidence).toMatchObject({ sinceMs: t0, chargers: [1, 2] })
  })

  test('one by one further apart they are their own', () => {
    const world = settled([1, 2])
    world.hear([disconnected(1, t0, 100), disconnected(2, t0 + 121 * second, 200)], t0 + hour)
    expect(world.live()).toEqual([key(1, 'offline'), key(2, 'offline')])
  })

  test('a neighbour that was only away for a moment does not make it the site', () => {
    const world = settled([1, 2])
    world.hear([
      disconnected(1, t0, 100),
      disconnected(2, t0 + 60 * second, 200),
      connected(2, t0 + 80 * second, 201),
    ])
    world.passTo(t0 + 5 * minute)
    expect(world.live()).toEqual([key(1, 'offline')])
  })

  test('an incident that was open already becomes part of it', () => {
    const world = settled([1, 2])
    world.hear([disconnected(1, t0, 100)], t0 + 80 * second)
    expect(world.live()).toEqual([key(1, 'offline')])
    world.hear([disconnected(2, t0 + 110 * second, 200)], t0 + 5 * minute)
    expect(world.live()).toEqual(['site/1/site-power-lost'])
    expect(world.row(key(1, 'offline'))).toMatchObject({ isAutoResolved: true })
  })

  test.each([
    [{ errorCode: 'OtherError', vendorErrorCode: 'CX015' }],
    [{ errorCode: 'OtherError', vendorErrorCode: 'Power Loss' }],
  ])('two that report %j are the site, within seconds', (report) => {
    const world = settled([1, 2])
    world.hear(
      [status(1, t0, 'Faulted', report), status(2, t0 + 5 * second, 'Faulted', report)],
      t0 + 20 * second,
    )
    expect(world.live()).toEqual(['site/1/site-power-lost'])
    expect(world.rows).toHaveLength(1)
  })

  test('one report of a loss of power alone is that charger’s', () => {
    const world = settled([1, 2])
    world.hear([faulted(1, t0, 'OtherError', { vendorErrorCode: 'CX015' })], t0 + 15 * second)
    expect(world.live()).toEqual([key(1, '1/power-loss')])
    world.hear([status(1, t0 + minute, 'Available')], t0 + 3 * minute)
    expect(world.live()).toEqual([])
  })

  test('later ones fall into it; the first one back closes it, and who stays away then speaks for itself', () => {
    const world = settled([1, 2, 3, 4])
    world.hear([disconnected(1, t0, 100), disconnected(2, t0, 200)], t0 + 80 * second)
    world.hear([disconnected(3, t0 + 10 * minute, 300)], t0 + 12 * minute)
    expect(world.live()).toEqual(['site/1/site-power-lost'])
    expect(world.row('site/1/site-power-lost').count).toBe(2)
    const back = t0 + 20 * minute
    world.hear([connected(1, back, 101)], back + minute)
    expect(world.live()).toEqual([])
    world.hear([connected(2, back + minute, 201)], back + 2 * minute)
    expect(world.live()).toEqual([key(3, 'offline')])
  })

  test('a charger that was never dark does not close it', () => {
    const world = settled([1, 2, 3])
    world.hear([disconnected(1, t0, 100), disconnected(2, t0, 200)], t0 + 80 * second)
    world.hear([status(3, t0 + 2 * minute, 'Charging'), connected(3, t0 + 3 * minute, 301)])
    expect(world.live()).toEqual(['site/1/site-power-lost'])
  })

  test('chargers that we restarted are not part of it', () => {
    const world = settled([1, 2])
    world.hear(
      [
        { kind: 'ordered', chargerId: 1, atMs: t0, what: 'reset', isUnderWay: true },
        disconnected(1, t0 + second, 100),
        disconnected(2, t0 + second, 200),
      ],
      t0 + 2 * minute,
    )
    expect(world.live()).toEqual([key(2, 'offline')])
  })
})

describe('a connection that comes and goes', () => {
  const flap = (from: number, times: number, everyMs: number): Happening[] =>
    Array.from({ length: times }, (_, i) =>
      i % 2 === 0
        ? disconnected(1, from + i * everyMs, 1_000 + i)
        : connected(1, from + i * everyMs, 1_001 + i),
    )

  test('six changes in half an hour are life, the seventh is flapping', () => {
    const world = settled()
    world.hear(flap(t0, 6, 30 * second))
    expect(world.rows).toEqual([])
    world.hear([disconnected(1, t0 + 4 * minute, 1_100)])
    expect(world.live()).toEqual([key(1, 'flapping')])
    expect(world.rows[0]!.evidence).toMatchObject({ changes: 7 })
  })

  test('twenty-four reconnects a minute are one incident; it closes after half an hour of quiet', () => {
    const world = settled()
    const changes = flap(t0, 1_000, 1_250)
    for (let i = 0; i < changes.length; i += 50) world.hear(changes.slice(i, i + 50))
    expect(world.rows.map((row) => row.key)).toEqual([key(1, 'flapping')])
    const last = changes.at(-1)!.atMs
    world.passTo(last + 30 * minute - second)
    expect(world.live()).toEqual([key(1, 'flapping')])
    world.passTo(last + 30 * minute)
    expect(world.live()).toEqual([])
  })

  test('while it flaps it is not also offline; silent for good it is, when the quiet has shown it', () => {
    const world = settled()
    world.hear(flap(t0, 9, 2 * minute))
    expect(world.live()).toEqual([key(1, 'flapping')])
    const last = t0 + 16 * minute
    world.passTo(last + 20 * minute)
    expect(world.live()).toEqual([key(1, 'flapping')])
    world.passTo(last + 31 * minute)
    expect(world.live()).toEqual([key(1, 'offline')])
  })

  test('QUIRKS 10 gaps of ten minutes are one offline incident that opens again', () => {
    const world = settled()
    for (let i = 0; i < 5; i++)
      world.hear([
        disconnected(1, t0 + i * 20 * minute, 200 + i),
        connected(1, t0 + i * 20 * minute + 10 * minute, 201 + i),
      ])
    expect(world.rows).toHaveLength(1)
    expect(world.rows[0]).toMatchObject({ kind: 'offline', count: 5, status: 'resolved' })
  })

  test('restarts that we ordered are not counted', () => {
    const world = settled()
    for (let i = 0; i < 6; i++)
      world.hear([
        {
          kind: 'ordered',
          chargerId: 1,
          atMs: t0 + i * 4 * minute,
          what: 'reset',
          isUnderWay: true,
        },
        disconnected(1, t0 + i * 4 * minute + second, 200 + i),
        connected(1, t0 + i * 4 * minute + 30 * second, 201 + i),
      ])
    expect(world.rows).toEqual([])
  })

  test('one that a person closed opens again only after seven more changes', () => {
    const world = settled()
    world.hear(flap(t0, 8, 10 * second))
    world.closedByPerson(key(1, 'flapping'), t0 + 2 * minute)
    world.hear(
      flap(t0 + 3 * minute, 6, 10 * second).map(
        (one, i) => ({ ...one, connectionId: 3_000 + i }) as Happening,
      ),
    )
    expect(world.live()).toEqual([])
  })
})

describe('sessions', () => {
  const starts = (...list: [energyWh: number | null, card: string][]) =>
    list.map(([energyWh, card], i) => ({ sessionId: 100 - i, energyWh, card }))
  const finished = (
    atMs: number,
    list: ReturnType<typeof starts>,
    over: { isMeterInDoubt?: boolean; sessionId?: number } = {},
  ): Happening => ({
    kind: 'finished',
    chargerId: 1,
    atMs,
    sessionId: list[0]?.sessionId ?? 1,
    connectorId: 1,
    energyWh: list[0]?.energyWh ?? null,
    isMeterInDoubt: false,
    starts: list,
    ...over,
  })

  test('three of the last five starts without energy, with two cards, are an incident until one works', () => {
    const world = settled()
    world.hear([finished(t0, starts([0, 'a'], [0, 'b'], [9000, 'c'], [10, 'a'], [4000, 'd']))])
    expect(world.row(key(1, '1/starts-fail'))).toMatchObject({
      evidence: { failed: 3, of: 5, cards: 2 },
    })
    world.hear([finished(t0 + minute, starts([499, 'a']))])
    expect(world.live()).toEqual([key(1, '1/starts-fail')])
    world.hear([finished(t0 + 2 * minute, starts([500, 'a']))])
    expect(world.live()).toEqual([])
  })

  test.each([
    ['one card only: it is that vehicle', starts([0, 'a'], [0, 'a'], [0, 'a'])],
    ['two of five', starts([0, 'a'], [0, 'b'], [900, 'c'], [900, 'c'], [900, 'c'])],
    ['energy that nobody knows', starts([null, 'a'], [null, 'b'], [null, 'c'])],
    [
      'the failures are older than five starts',
      starts([60, 'a'], [60, 'a'], [60, 'a'], [0, 'b'], [0, 'c'], [0, 'd']),
    ],
    ['the last one worked', starts([60, 'd'], [0, 'a'], [0, 'b'], [0, 'c'])],
  ])('no incident: %s', (_why, list) => {
    const world = settled()
    world.hear([finished(t0, list)])
    expect(world.rows).toEqual([])
  })

  test('two sessions of a day whose readings do not fit are an incident that only a person closes', () => {
    const world = settled()
    const doubt = (atMs: number, sessionId: number) =>
      finished(atMs, starts([5000, 'a']), { isMeterInDoubt: true, sessionId })
    world.hear([doubt(t0, 1), doubt(t0 + hour, 1)])
    expect(world.rows).toEqual([])
    world.hear([doubt(t0 + 25 * hour + minute, 2)])
    expect(world.rows).toEqual([])
    world.hear([doubt(t0 + 26 * hour, 3)])
    expect(world.row(key(1, 'meter-implausible')).evidence).toEqual({ sessions: [2, 3] })
    world.passTo(t0 + 90 * 24 * hour)
    expect(world.live()).toEqual([key(1, 'meter-implausible')])
  })

  const register = (atMs: number, isMoving: boolean, sinceMs = t0): Happening => ({
    kind: 'register',
    chargerId: 1,
    atMs,
    sessionId: 9,
    connectorId: 1,
    isMoving,
    sinceMs,
  })

  test('a meter that stands still for a quarter of an hour while it says Charging is an incident', () => {
    const world = settled()
    world.hear([status(1, t0, 'Charging'), register(t0 + 14 * minute, false)])
    expect(world.rows).toEqual([])
    world.hear([register(t0 + 15 * minute, false), register(t0 + 16 * minute, false)])
    expect(world.row(key(1, '1/no-energy'))).toMatchObject({ count: 1 })
    world.hear([register(t0 + 17 * minute, true)])
    expect(world.live()).toEqual([])
  })

  test('it is none when the vehicle has paused it, and closes when the vehicle does', () => {
    const world = settled()
    world.hear([status(1, t0, 'SuspendedEV'), register(t0 + hour, false)])
    expect(world.rows).toEqual([])
    world.hear([status(1, t0 + hour, 'Charging'), register(t0 + hour + 10 * minute, false)])
    expect(world.rows).toEqual([])
    world.hear([register(t0 + hour + 15 * minute, false)])
    world.hear([status(1, t0 + 2 * hour, 'SuspendedEV')])
    expect(world.live()).toEqual([])
  })

  test('one that a person closed is not opened again by the same standstill', () => {
    const world = settled()
    world.hear([status(1, t0, 'Charging'), register(t0 + 20 * minute, false)])
    world.closedByPerson(key(1, '1/no-energy'), t0 + 21 * minute)
    world.hear([register(t0 + 22 * minute, false), register(t0 + 60 * minute, false)])
    expect(world.live()).toEqual([])
  })
})

describe('what only time tells', () => {
  test.each(['Preparing', 'Finishing'])(
    'a plug in %s for an hour is a notice until it changes',
    (word) => {
      const world = settled()
      world.hear([status(1, t0, word)], t0 + hour - second)
      expect(world.rows).toEqual([])
      world.passTo(t0 + hour)
      expect(world.row(key(1, '1/connector-stuck'))).toMatchObject({ severity: 'notice' })
      world.passTo(t0 + 5 * hour)
      expect(world.rows).toHaveLength(1)
      world.hear([status(1, t0 + 6 * hour, 'Available')])
      expect(world.live()).toEqual([])
    },
  )

  test('a charger that comes back with an old Preparing first tells what is true now', () => {
    const world = settled()
    world.hear([status(1, t0, 'Preparing'), disconnected(1, t0 + minute, 100)], t0 + 3 * hour)
    world.hear([
      connected(1, t0 + 3 * hour, 101),
      status(1, t0 + 3 * hour + 5 * second, 'Available'),
    ])
    world.passTo(t0 + 5 * hour)
    expect(world.rows.map((row) => row.kind)).toEqual(['offline'])
  })

  test('registered for a day and never seen is a notice, until the first connection', () => {
    const world = makeWorld()
    world.hear([met(1, t0, null)], t0 + 24 * hour - second)
    expect(world.rows).toEqual([])
    world.passTo(t0 + 24 * hour)
    expect(world.live()).toEqual([key(1, 'never-connected')])
    world.passTo(t0 + 48 * hour)
    expect(world.rows).toHaveLength(1)
    world.hear([connected(1, t0 + 49 * hour, 1)])
    expect(world.live()).toEqual([])
  })

  test('a firmware update that fails, or says nothing for an hour, is an incident until a new version runs', () => {
    const world = settled()
    world.hear([boot(1, t0 - minute, { firmware: '1.0' })])
    const told = (atMs: number, word: string): Happening => ({
      kind: 'firmware',
      chargerId: 1,
      atMs,
      status: word,
    })
    world.hear([told(t0, 'Downloading'), told(t0 + minute, 'DownloadFailed')])
    expect(world.live()).toEqual([key(1, 'firmware-failed')])
    world.hear([told(t0 + 2 * hour, 'Installing'), told(t0 + 2 * hour + minute, 'Installed')])
    expect(world.live()).toEqual([])
    world.hear([told(t0 + 5 * hour, 'Installing')], t0 + 6 * hour)
    expect(world.row(key(1, 'firmware-failed')).sentence).toContain('has not moved')
    world.hear([boot(1, t0 + 7 * hour, { firmware: '1.0' })])
    expect(world.live()).toEqual([key(1, 'firmware-failed')])
    world.hear([boot(1, t0 + 8 * hour, { firmware: '1.1' })])
    expect(world.live()).toEqual([])
  })
})

describe('the charger itself', () => {
  const skewed = (atMs: number, skewMs: number, i = 0) =>
    status(1, atMs, i % 2 === 0 ? 'Available' : 'Preparing', { skewMs })

  test('a clock that is wrong twice in a row by more than five minutes is a notice until it is right', () => {
    const world = settled()
    world.hear([skewed(t0, 6 * minute)])
    expect(world.rows).toEqual([])
    world.hear([skewed(t0 + minute, 6 * minute, 1), skewed(t0 + 2 * minute, 6 * minute)])
    expect(world.row(key(1, 'clock-wrong'))).toMatchObject({
      count: 1,
      evidence: { skewSeconds: 360 },
    })
    world.hear([skewed(t0 + 3 * minute, 2 * minute, 1)])
    expect(world.live()).toEqual([key(1, 'clock-wrong')])
    world.hear([skewed(t0 + 4 * minute, 30 * second)])
    expect(world.live()).toEqual([])
  })

  test('what waited in the charger while it was offline is late, not skewed', () => {
    const world = settled()
    world.hear([connected(1, t0, 101)])
    for (let i = 0; i < 6; i++) world.hear([skewed(t0 + i * second, -4 * hour, i)])
    expect(world.rows).toEqual([])
  })

  test('QUIRKS 18 another serial number is told, and only a person closes it', () => {
    const world = settled()
    world.hear([boot(1, t0, { serial: 'A1' }), boot(1, t0 + minute, { serial: 'A1' })])
    expect(world.rows).toEqual([])
    world.hear([boot(1, t0 + hour, { serial: null })])
    expect(world.rows).toEqual([])
    world.hear([boot(1, t0 + 2 * hour, { serial: 'B2' }), boot(1, t0 + 3 * hour, { serial: 'B2' })])
    expect(world.row(key(1, 'identity-changed'))).toMatchObject({ count: 1, status: 'open' })
  })
})

function boot(
  chargerId: number,
  atMs: number,
  over: { serial?: string | null; firmware?: string } = {},
): Happening {
  return {
    kind: 'booted',
    chargerId,
    atMs,
    vendor: 'V',
    model: 'M',
    serial: 'S',
    firmware: '1.0',
    ...over,
  }
}

function met(
  chargerId: number,
  atMs: number,
  connection: { isOpen: boolean; id?: number; lastSeenAtMs?: number } | null,
): Happening {
  return {
    kind: 'met',
    chargerId,
    atMs,
    registeredAtMs: atMs,
    hasConnected: connection !== null,
    connection: connection && {
      id: connection.id ?? 1,
      atMs: atMs - hour,
      isOpen: connection.isOpen,
    },
    lastSeenAtMs: connection?.lastSeenAtMs ?? null,
    device: null,
    connectors: [],
  }
}
