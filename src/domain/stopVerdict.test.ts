import { stopVerdict, type StopEvidence } from './stopVerdict'

const stoppedAt = new Date('2026-06-01T13:00:00Z')
const before = (seconds: number) => new Date(stoppedAt.getTime() - seconds * 1000)
const of = (over: Partial<StopEvidence>) => stopVerdict({ reason: null, stoppedAt, ...over })
const curve = (...powers: number[]) =>
  powers.map((powerW, index) => ({ at: before((powers.length - index) * 60), powerW }))
const fading = curve(11_000, 11_000, 6000, 1500, 40)
const steady = curve(11_000, 11_000, 11_000, 11_000)

describe('why charging stopped', () => {
  test.each([
    ['EmergencyStop', 'emergency-stop'],
    ['PowerLoss', 'power-lost'],
    ['Remote', 'remote'],
    ['DeAuthorized', 'card-refused'],
    ['UnlockCommand', 'unlocked'],
    ['HardReset', 'restarted'],
    ['SoftReset', 'restarted'],
    ['EVDisconnected', 'unplugged'],
    ['superseded', 'superseded'],
  ])('%s says it: %s', (reason, code) => {
    expect(of({ reason, samples: steady })).toMatchObject({ code, confidence: 'certain' })
  })

  test('a full car is seen behind Local, no reason, Other and EVDisconnected', () => {
    for (const reason of ['Local', null, 'Other', 'EVDisconnected']) {
      const { code, confidence, evidence } = of({ reason, samples: fading })
      expect([code, confidence]).toEqual(['ev-full', 'likely'])
      expect(evidence.join(' ')).toMatch(/faded from 11\.0 kW to 0\.0 kW/)
    }
    expect(
      of({
        statuses: [
          { at: before(300), status: 'SuspendedEV' },
          { at: before(1), status: 'Finishing' },
        ],
      }).code,
    ).toBe('ev-full')
    expect(of({ samples: [{ at: before(30), socPercent: 100 }] }).code).toBe('ev-full')
  })

  test('a car that says 60 % is not full, however its power fades', () => {
    const samples = [...fading, { at: before(10), powerW: 30, socPercent: 60 }]
    expect(of({ reason: 'Other', samples }).code).not.toBe('ev-full')
  })

  test('a card shown at the stop is the driver, also with a full car', () => {
    const { code, sentence } = of({ reason: 'Local', stopIdTag: 'F6CA0CC5', samples: fading })
    expect(code).toBe('driver')
    expect(sentence).toMatch(/had stopped taking energy/)
  })

  test('a fault around the end wins over what is only likely, not over what was said', () => {
    const statuses = [{ at: before(2), status: 'Faulted', errorCode: 'GroundFailure' }]
    for (const reason of ['Local', null, 'Other', 'EVDisconnected'])
      expect(of({ reason, statuses, samples: steady })).toMatchObject({
        code: 'fault',
        sentence: 'A fault ended the charge: GroundFailure.',
      })
    expect(of({ reason: 'Remote', statuses }).code).toBe('remote')
    expect(of({ reason: 'PowerLoss', statuses }).code).toBe('power-lost')
  })

  test('a fault of an hour ago, NoError, and an error code while Finishing are no fault (QUIRKS 26)', () => {
    for (const status of [
      { at: before(3600), status: 'Faulted', errorCode: 'GroundFailure' },
      { at: before(1), status: 'Charging', errorCode: 'NoError' },
      { at: before(1), status: 'Finishing', errorCode: 'OtherError' },
    ])
      expect(of({ reason: 'Other', statuses: [status] }).code).toBe('unknown')
  })

  test('a limit is told from a person who stopped remotely', () => {
    expect(of({ reason: 'Remote', limitReached: 'energy' })).toMatchObject({
      code: 'limit',
      confidence: 'certain',
    })
    expect(of({ reason: 'Remote', requestedBy: 'Ada' }).sentence).toBe(
      'The charge was stopped remotely by Ada.',
    )
    expect(
      of({ reason: 'Other', statuses: [{ at: before(60), status: 'SuspendedEVSE' }] }).code,
    ).toBe('limit')
  })

  test('nothing known is said to be unknown, never guessed', () => {
    expect(of({})).toMatchObject({ code: 'unknown', confidence: 'unsure', label: 'Not known' })
    expect(of({ reason: 'Other', samples: steady }).sentence).toMatch(/while energy was flowing/)
    expect(of({ reason: 'constructor' }).code).toBe('unknown')
    expect(of({ reason: 'Other', samples: [] }).evidence).toEqual([
      'The charger gave the reason Other.',
    ])
  })

  test('"Start again" is offered where it can help', () => {
    expect(of({ reason: 'SoftReset' }).canStartAgain).toBe(true)
    expect(of({ reason: 'Remote' }).canStartAgain).toBe(true)
    expect(of({ samples: fading }).canStartAgain).toBe(false)
    expect(of({ reason: 'EmergencyStop' }).canStartAgain).toBe(false)
  })
})
