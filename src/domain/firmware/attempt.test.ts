import { isEnded, judge, sameVersion, usualPatience, type Attempt, type Evidence } from './attempt'

/** One charger and one update: what it said, what was seen, and what that makes of it. */

const sentAt = new Date('2026-11-25T01:00:00Z')
const after = (minutes: number) => new Date(sentAt.getTime() + minutes * 60_000)
const attempt: Attempt = {
  sentAt,
  expectedVersion: '2.0.0',
  previousVersion: '1.9.0',
  requestId: null,
  mayGoUnsigned: false,
}

const said = (minutes: number, status: string, requestId: number | null = null): Evidence => ({
  kind: 'reported',
  at: after(minutes),
  status,
  requestId,
})
const boot = (minutes: number, version: string | null): Evidence => ({
  kind: 'booted',
  at: after(minutes),
  version,
})
const served = (
  minutes: number,
  phase: 'begun' | 'progress' | 'finished',
  percent = 0,
): Evidence => ({
  kind: 'download',
  at: after(minutes),
  phase,
  percent,
})
const order = (over: Partial<Extract<Evidence, { kind: 'command' }>> = {}): Evidence => ({
  kind: 'command',
  at: after(0),
  action: 'UpdateFirmware',
  status: 'accepted',
  isFinal: true,
  reason: null,
  ...over,
})

const standing = (evidence: Evidence[], minutes: number, over: Partial<Attempt> = {}) =>
  judge({ ...attempt, ...over }, evidence, after(minutes))

describe('by the book', () => {
  const steps = [said(1, 'Downloading'), said(5, 'Downloaded'), said(6, 'Installing')]

  test.each([
    [0, 'sent'],
    [1, 'downloading'],
    [2, 'downloaded'],
    [3, 'installing'],
  ])('after %i reports it is %s', (count, state) => {
    expect(standing([order(), ...steps.slice(0, count)], 7).state).toBe(state)
  })

  test('Installed is believed, and known once it boots with the version', () => {
    const told = [order(), ...steps, said(9, 'Installed')]
    expect(standing(told, 10)).toMatchObject({ state: 'installed', reason: 'said' })
    expect(standing([...told, boot(11, 'v2.0.0')], 12)).toMatchObject({
      state: 'installed',
      reason: null,
      seenVersion: 'v2.0.0',
    })
  })

  test('a boot with the new version before Installed is the proof as well', () => {
    expect(standing([...steps, boot(8, '2.0.0'), said(9, 'Installed')], 10)).toMatchObject({
      state: 'installed',
      reason: null,
    })
  })

  test('a signed update’s further words are steps too', () => {
    const words = ['DownloadScheduled', 'Downloading', 'Downloaded', 'SignatureVerified']
    const told = words.map((word, i) => said(i + 1, word, 7))
    expect(standing(told, 5, { requestId: 7 }).state).toBe('downloaded')
    expect(standing([...told, said(6, 'InstallRebooting', 7)], 7, { requestId: 7 }).state).toBe(
      'installing',
    )
  })

  test('the old version at the restart before the installation is no rollback', () => {
    const told = [said(1, 'Downloaded'), said(2, 'InstallRebooting'), boot(3, '1.9.0')]
    expect(standing(told, 4).state).toBe('installing')
    expect(standing([...told, said(5, 'Installing'), boot(9, '2.0.0')], 10)).toMatchObject({
      state: 'installed',
      reason: null,
    })
    expect(standing(told, 3 + 15)).toMatchObject({ state: 'failed', reason: 'rolled-back' })
  })
})

describe('chargers of the field', () => {
  test('one that says nothing at all and boots with the new version has installed it', () => {
    expect(standing([order(), boot(20, '2.0.0')], 21)).toMatchObject({
      state: 'installed',
      reason: null,
    })
  })

  test('one without Downloading and Downloaded is seen by our own file server', () => {
    expect(standing([served(1, 'begun')], 2).state).toBe('downloading')
    expect(standing([served(1, 'begun'), served(2, 'progress', 40)], 3).downloadPercent).toBe(40)
    expect(standing([served(1, 'begun'), served(4, 'finished')], 5)).toMatchObject({
      state: 'downloaded',
      downloadPercent: 100,
    })
  })

  test('one without Installed is done when it is back with the version', () => {
    expect(
      standing([said(1, 'Downloading'), said(3, 'Installing'), boot(6, '2.0.0')], 7).state,
    ).toBe('installed')
  })

  test('one that installs and comes back with the old version has rolled back', () => {
    expect(
      standing([said(1, 'Downloaded'), said(2, 'Installing'), boot(5, '1.9.0')], 6),
    ).toMatchObject({
      state: 'failed',
      reason: 'rolled-back',
      seenVersion: '1.9.0',
    })
  })

  test('one that says Installed and comes back with the old version has too', () => {
    expect(standing([said(2, 'Installed'), boot(5, '1.9.0')], 6)).toMatchObject({
      state: 'failed',
      reason: 'rolled-back',
    })
  })

  test('one that restarts for another reason while it downloads goes on', () => {
    expect(standing([said(1, 'Downloading'), boot(2, '1.9.0')], 3).state).toBe('downloading')
  })

  test('one that comes back with a third version is given time to explain, then has failed', () => {
    const told = [said(1, 'Downloaded'), said(2, 'Installing'), boot(5, '2.0.0-rc1')]
    expect(standing(told, 6).state).toBe('installing')
    expect(standing(told, 21)).toMatchObject({ state: 'failed', reason: 'other-version' })
    expect(standing([...told, said(6, 'Installed')], 21)).toMatchObject({
      state: 'installed',
      reason: 'said-other',
    })
  })

  test('one that fails, tries again by itself and succeeds has succeeded', () => {
    const told = [said(1, 'Downloading'), said(2, 'DownloadFailed')]
    expect(standing(told, 3)).toMatchObject({ state: 'failed', reason: 'download-failed' })
    expect(standing([...told, said(4, 'Downloading')], 5)).toMatchObject({
      state: 'downloading',
      reason: null,
      finishedAt: null,
    })
    expect(standing([...told, boot(9, '2.0.0')], 10).state).toBe('installed')
  })

  test('one that had the version before must have downloaded to have done anything', () => {
    const same = { previousVersion: '2.0.0' }
    expect(standing([order(), boot(3, '2.0.0')], 4, same).state).toBe('sent')
    expect(standing([said(2, 'Downloading'), boot(3, '2.0.0')], 4, same).state).toBe('installed')
  })

  test('one that does not say its version is believed', () => {
    expect(standing([said(1, 'Installing'), boot(2, null)], 3).state).toBe('installing')
    expect(standing([said(1, 'Installed'), boot(2, null)], 3)).toMatchObject({
      state: 'installed',
      reason: 'said',
    })
  })
})

describe('silence', () => {
  test.each([
    ['after the command', [order()], 60, 'silent-start'],
    [
      'after a command it never answered',
      [order({ status: 'timeout', reason: 'no-answer' })],
      60,
      'silent-start',
    ],
    ['while it downloads', [served(10, 'begun')], 10 + 120, 'silent-download'],
    ['after the download', [said(10, 'Downloaded')], 10 + 720, 'silent-install'],
    ['while it installs', [said(10, 'Installing')], 10 + 120, 'silent-install'],
  ] as [string, Evidence[], number, string][])('%s ends', (_when, evidence, minutes, reason) => {
    expect(standing(evidence, minutes - 1).state).not.toBe('failed')
    expect(standing(evidence, minutes)).toMatchObject({ state: 'failed', reason })
  })

  test('a charger that said it waits may wait, but a day at most', () => {
    const told = [said(1, 'DownloadPaused')]
    expect(standing(told, 20 * 60).state).toBe('sent')
    expect(standing(told, 24 * 60)).toMatchObject({ state: 'failed', reason: 'too-long' })
  })

  test('who speaks after that is heard', () => {
    expect(standing([order(), boot(100, '2.0.0')], 101).state).toBe('installed')
  })
})

describe('the command', () => {
  test.each([
    ['offline', 'failed'],
    ['busy', 'failed'],
  ])('that never left (%s) is sent again', (reason, status) => {
    expect(
      judge({ ...attempt, sentAt: null }, [order({ reason, status })], after(1)),
    ).toMatchObject({ state: 'waiting', next: 'send-again' })
  })

  test('that waits in our queue is under way', () => {
    const queued = order({ status: 'queued', isFinal: false })
    expect(judge({ ...attempt, sentAt: null }, [queued], after(1))).toMatchObject({
      state: 'sent',
      next: null,
    })
  })

  test.each([
    ['rejected', 'charger-rejected', 'refused'],
    ['failed', 'charger-error', 'charger-error'],
    ['failed', 'not-supported', 'needs-signed'],
  ])('that was %s (%s) failed as %s', (status, reason, expected) => {
    expect(standing([order({ status, reason })], 1)).toMatchObject({
      state: 'failed',
      reason: expected,
    })
  })

  test('for a signed update that the charger does not know becomes a plain one, where that is allowed', () => {
    const unknown = order({
      action: 'SignedUpdateFirmware',
      status: 'failed',
      reason: 'not-supported',
    })
    expect(standing([unknown], 1, { mayGoUnsigned: true })).toMatchObject({
      state: 'waiting',
      next: 'send-unsigned',
    })
    expect(standing([unknown], 1)).toMatchObject({ state: 'failed', reason: 'not-supported' })
  })

  test('whose answer got lost may have worked', () => {
    const lost = order({ status: 'failed', reason: 'connection-lost' })
    expect(standing([lost, said(1, 'Downloading')], 2).state).toBe('downloading')
  })
})

test('reports of another request, of before, and Idle say nothing', () => {
  const told = [said(1, 'Installed', 8), said(-1, 'Installed'), boot(-2, '2.0.0'), said(2, 'Idle')]
  expect(standing(told, 3, { requestId: 7 }).state).toBe('sent')
})

test.each([
  ['1.2.3', 'v1.2.3', true],
  [' 1.2.3 ', '1.2.3', true],
  ['1.2.3-RC1', '1.2.3-rc1', true],
  ['1.2.3', '1.2.30', false],
  ['v', '', false],
  ['1', null, false],
])('%j and %j are one version: %s', (a, b, isSame) => {
  expect(sameVersion(a, b)).toBe(isSame)
})

describe('at random', () => {
  const seed = Number(process.env['SEED'] ?? 20261125)
  const statuses = [
    'Downloading',
    'Downloaded',
    'Installing',
    'Installed',
    'DownloadFailed',
    'InstallationFailed',
    'InstallRebooting',
    'DownloadPaused',
    'Idle',
    'SignatureVerified',
    'Nonsense',
  ]
  const versions = ['1.9.0', '2.0.0', '3.0.0', null]

  function random(start: number): () => number {
    let state = start >>> 0
    return () => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0
      return state / 2 ** 32
    }
  }

  function story(next: () => number): Evidence[] {
    const pick = <T>(from: readonly T[]) => from[Math.floor(next() * from.length)] as T
    return Array.from({ length: 1 + Math.floor(next() * 12) }, () => {
      const minutes = Math.floor(next() * 600) - 30
      const kind = next()
      if (kind < 0.5) return said(minutes, pick(statuses))
      if (kind < 0.8) return boot(minutes, pick(versions))
      return served(
        minutes,
        pick(['begun', 'progress', 'finished'] as const),
        Math.floor(next() * 140),
      )
    })
  }

  test(`10,000 stories end, do not depend on the order they are read in, and the version decides (seed ${seed})`, () => {
    const next = random(seed)
    for (let run = 0; run < 10_000; run++) {
      const told = story(next)
      const now = after(Math.floor(next() * 2000))
      const first = judge(attempt, told, now)
      const unique = new Set(told.map((one) => one.at.getTime())).size === told.length
      if (unique) expect(judge(attempt, [...told].reverse(), now)).toEqual(first)

      expect(isEnded(first.state)).toBe(first.finishedAt !== null)
      expect(first.downloadPercent).toBeGreaterThanOrEqual(0)
      expect(first.downloadPercent).toBeLessThanOrEqual(100)
      // nothing is stuck: a day later every story has an end
      const end = judge(
        attempt,
        told,
        new Date(sentAt.getTime() + 12 * 3_600_000 + usualPatience.overallMs),
      )
      expect(isEnded(end.state)).toBe(true)

      const boots = told
        .filter((one) => one.kind === 'booted' && one.at >= sentAt && one.version !== null)
        .sort((a, b) => a.at.getTime() - b.at.getTime())
      const last = boots.at(-1)
      if (unique && last?.kind === 'booted') {
        expect(end.seenVersion).toBe(last.version)
        if (
          last.version === '2.0.0' &&
          last === told.toSorted((a, b) => a.at.getTime() - b.at.getTime()).at(-1)
        )
          expect(end).toMatchObject({ state: 'installed', reason: null })
        if (last.version === '1.9.0' && end.state === 'installed') expect(end.reason).not.toBeNull()
      }
    }
  })
})
