import {
  advance,
  afterAnswer,
  afterNoEffect,
  commandKinds,
  dangerOf,
  deadlineSeconds,
  fulfils,
  isCommandKind,
  isSecurityKey,
  legalSteps,
  permissionsFor,
  type Command,
  type CommandEvent,
  type CommandKind,
  type CommandStatus,
  type Happening,
} from './command'
import { may } from './policy'

const sentAt = new Date('2026-06-01T12:00:00Z')
const receivedAt = new Date('2026-06-01T12:00:05Z')
const kinds = Object.keys(commandKinds) as CommandKind[]

const command = (over: Partial<Command>): Command => ({
  chargerId: 7,
  action: 'RemoteStartTransaction',
  payload: { connectorId: 1, idTag: 'F6CA0CC5' },
  status: 'sent',
  isFinal: false,
  sentAt,
  ...over,
})
const started = (
  over: Partial<Extract<Happening, { kind: 'SessionStarted' }>> = {},
): Happening => ({
  kind: 'SessionStarted',
  chargerId: 7,
  receivedAt,
  connectorId: 1,
  idToken: 'f6 ca 0c c5',
  ...over,
})

describe('the catalogue', () => {
  test('holds the 19 calls of OCPP 1.6 and the 7 of the security extension', () => {
    expect(kinds).toHaveLength(26)
    expect(kinds.filter((kind) => commandKinds[kind].profile === 'Security')).toHaveLength(7)
    expect(isCommandKind('Reset')).toBe(true)
    for (const text of [
      'reset',
      'constructor',
      '__proto__',
      '',
      null,
      undefined,
      'BootNotification',
    ])
      expect(isCommandKind(text)).toBe(false)
  })

  test('a charger that is not connected is waited for 30 s, whatever is asked of it', () => {
    for (const kind of kinds) expect(deadlineSeconds(kind, 'queued')).toBe(30)
    expect(deadlineSeconds('RemoteStartTransaction', 'accepted')).toBe(120)
  })

  test('a hard reset and a security key are more dangerous than a soft reset and a plain key', () => {
    expect(dangerOf('Reset', { type: 'Soft' })).toBe('confirm')
    expect(dangerOf('Reset', { type: 'Hard' })).toBe('high')
    expect(dangerOf('Reset')).toBe('high')
    expect(dangerOf('ChangeConfiguration', { key: 'HeartbeatInterval' })).toBe('confirm')
    expect(dangerOf('ChangeConfiguration', { key: 'AuthorizationKey' })).toBe('high')
    expect(dangerOf('RemoteStartTransaction')).toBe('low')
  })

  test.each([
    'AuthorizationKey',
    'securityprofile',
    ' Security-Profile ',
    'CentralSystemURL',
    'OcppServerHost',
    'BasicAuthPassword',
    '',
    undefined,
    5,
  ])('%j is a security key', (key) => expect(isSecurityKey(key)).toBe(true))

  test.each([
    'HeartbeatInterval',
    'MeterValueSampleInterval',
    'LocalPreAuthorize',
    'WebSocketPingInterval',
  ])('%s is not', (key) => expect(isSecurityKey(key)).toBe(false))

  test('a technician starts, stops, resets and diagnoses, and changes no settings (M7)', () => {
    const mayAll = (kind: CommandKind, payload = {}) =>
      permissionsFor(kind, payload).every(
        ({ resource, action }) => may('technician', resource, action) !== 'none',
      )
    expect(kinds.filter((kind) => mayAll(kind, { key: 'HeartbeatInterval' })).sort()).toEqual([
      'ChangeAvailability',
      'ExtendedTriggerMessage',
      'GetCompositeSchedule',
      'GetConfiguration',
      'GetDiagnostics',
      'GetInstalledCertificateIds',
      'GetLog',
      'RemoteStartTransaction',
      'RemoteStopTransaction',
      'Reset',
      'SignedUpdateFirmware',
      'TriggerMessage',
      'UnlockConnector',
      'UpdateFirmware',
    ])
    expect(mayAll('RemoteStartTransaction', { chargingProfile: {} })).toBe(false)
  })

  test('nobody but a super admin touches security keys', () => {
    const [asked] = permissionsFor('ChangeConfiguration', { key: 'AuthorizationKey' })
    expect(may('operator', asked!.resource, asked!.action)).toBe('none')
    expect(may('super-admin', asked!.resource, asked!.action)).toBe('all')
  })
})

describe('the answer of the charger', () => {
  test('an accepted start is not the end: the charge is waited for', () => {
    expect(
      afterAnswer('RemoteStartTransaction', {}, { status: 'Accepted' }, { charger: 'KP-07' }),
    ).toEqual({
      status: 'accepted',
      isFinal: false,
      reason: null,
      outcome:
        'KP-07 accepted the start. Waiting for the charge to begin: plug in if the cable is not in yet.',
      waitSeconds: 120,
    })
  })

  test('an unlocked plug is the effect itself', () => {
    expect(afterAnswer('UnlockConnector', {}, { status: 'Unlocked' })).toMatchObject({
      status: 'effective',
      isFinal: true,
      outcome: 'The charger unlocked the plug.',
    })
  })

  test.each<[CommandKind, string, string]>([
    ['RemoteStartTransaction', 'Rejected', 'charger-rejected'],
    ['UnlockConnector', 'UnlockFailed', 'charger-rejected'],
    ['UnlockConnector', 'NotSupported', 'not-supported'],
    ['ChangeConfiguration', 'NotSupported', 'not-supported'],
    ['ChangeConfiguration', 'Rejected', 'charger-rejected'],
    ['ReserveNow', 'Occupied', 'charger-rejected'],
    ['SendLocalList', 'VersionMismatch', 'charger-rejected'],
    ['ClearChargingProfile', 'Unknown', 'charger-rejected'],
    ['TriggerMessage', 'NotImplemented', 'not-supported'],
    ['DataTransfer', 'UnknownVendorId', 'charger-rejected'],
    ['Reset', 'Perhaps', 'charger-rejected'],
  ])('%s answered %s is rejected, and ends', (action, status, reason) => {
    const change = afterAnswer(action, {}, { status })
    expect(change).toMatchObject({ status: 'rejected', isFinal: true, reason })
    expect(change.outcome).toMatch(/^The charger .*\.$/)
  })

  test.each<[CommandKind, unknown, string | null]>([
    ['GetConfiguration', { configurationKey: [] }, null],
    ['GetLocalListVersion', { listVersion: -1 }, null],
    ['UpdateFirmware', {}, null],
    ['ClearCache', { status: 'Accepted' }, null],
    ['ChangeConfiguration', { status: 'RebootRequired' }, 'reboot-required'],
    ['GetDiagnostics', { fileName: 'log.zip' }, null],
    ['GetDiagnostics', {}, 'nothing-to-upload'],
    ['GetLog', { status: 'AcceptedCanceled', filename: 'log.zip' }, null],
    ['GetInstalledCertificateIds', { status: 'NotFound' }, null],
    ['SetChargingProfile', { status: 'Accepted' }, null],
  ])('%s answered %j is accepted, and ends: no effect to wait for', (action, response, reason) => {
    expect(afterAnswer(action, {}, response)).toMatchObject({
      status: 'accepted',
      isFinal: true,
      reason,
    })
  })

  test.each([null, undefined, 5, {}, { status: 5 }])(
    'an answer without a status (%j) is no yes',
    (response) => {
      expect(afterAnswer('UnlockConnector', {}, response)).toMatchObject({
        status: 'failed',
        reason: 'unreadable-answer',
      })
    },
  )

  test('a change of availability that is scheduled says so and waits for the session to end', () => {
    const change = afterAnswer(
      'ChangeAvailability',
      { connectorId: 1, type: 'Inoperative' },
      { status: 'Scheduled' },
    )
    expect(change).toMatchObject({
      status: 'accepted',
      isFinal: false,
      reason: 'scheduled',
      waitSeconds: 86_400,
    })
  })

  test('a change to what already is so is effective at once', () => {
    const payload = { connectorId: 1, type: 'Inoperative' }
    const answer = { status: 'Accepted' }
    expect(
      afterAnswer('ChangeAvailability', payload, answer, { connectorStatus: 'Unavailable' }).status,
    ).toBe('effective')
    expect(
      afterAnswer('ChangeAvailability', payload, answer, { connectorStatus: 'Available' }).isFinal,
    ).toBe(false)
    expect(
      afterAnswer('ChangeAvailability', payload, answer, { connectorStatus: 'Faulted' }).isFinal,
    ).toBe(false)
    expect(afterAnswer('ChangeAvailability', payload, answer).isFinal).toBe(false)
  })

  test('a name with $ and % stands in the sentence as it is', () => {
    const { outcome } = afterAnswer(
      'ClearCache',
      {},
      { status: 'Accepted' },
      { charger: '$& 100%' },
    )
    expect(outcome).toBe('$& 100% accepted clearing its card cache.')
  })

  test('every kind has a whole sentence for yes, no, silence, error, offline and a lost connection', () => {
    const events: CommandEvent[] = [
      { kind: 'answered', response: { status: 'Accepted' } },
      { kind: 'answered', response: { status: 'Rejected' } },
      { kind: 'silence' },
      { kind: 'error', code: 'InternalError', description: '' },
      { kind: 'error', code: 'NotImplemented' },
      { kind: 'closed' },
      { kind: 'deadline' },
    ]
    for (const action of kinds)
      for (const status of ['queued', 'sent', 'accepted'] as const)
        for (const event of events) {
          const change = advance(command({ action, status }), event, { charger: 'KP-07' })
          if (change) expect(change.outcome).toMatch(/KP-07[^%]*\.$/)
        }
  })
})

describe('what fulfils a wish', () => {
  test('a start is fulfilled by a session of that card on that connector of that charger, before or after its answer', () => {
    expect(fulfils(command({ status: 'sent' }), started())).toBe(true)
    expect(fulfils(command({ status: 'accepted' }), started())).toBe(true)
    expect(fulfils(command({ payload: { idTag: 'F6CA0CC5' } }), started({ connectorId: 2 }))).toBe(
      true,
    )
    expect(fulfils(command({}), started({ connectorId: 2 }))).toBe(false)
    expect(fulfils(command({}), started({ idToken: 'OTHER' }))).toBe(false)
    expect(fulfils(command({}), started({ chargerId: 8 }))).toBe(false)
  })

  test('what happened before it was sent does not count', () => {
    expect(fulfils(command({}), started({ receivedAt: new Date(sentAt.getTime() - 1) }))).toBe(
      false,
    )
  })

  test('nothing fulfils a command that was not sent or has ended', () => {
    expect(fulfils(command({ status: 'queued', sentAt: null }), started())).toBe(false)
    expect(fulfils(command({ status: 'timeout', isFinal: true }), started())).toBe(false)
    expect(fulfils(command({ status: 'rejected', isFinal: true }), started())).toBe(false)
  })

  test('a stop is fulfilled by the end of that transaction and no other', () => {
    const stop = command({ action: 'RemoteStopTransaction', payload: { transactionId: 42 } })
    const ended = (transactionId: number): Happening => ({
      kind: 'SessionEnded',
      chargerId: 7,
      receivedAt,
      transactionId,
    })
    expect(fulfils(stop, ended(42))).toBe(true)
    expect(fulfils(stop, ended(43))).toBe(false)
    expect(fulfils(stop, started())).toBe(false)
  })

  test('a reset that was never answered is fulfilled by its socket closing or by the boot', () => {
    const reset = command({ action: 'Reset', payload: { type: 'Hard' } })
    expect(fulfils(reset, { kind: 'ChargerDisconnected', chargerId: 7, receivedAt })).toBe(true)
    expect(fulfils(reset, { kind: 'ChargerBooted', chargerId: 7, receivedAt })).toBe(true)
    expect(advance(reset, { kind: 'closed' })).toMatchObject({ status: 'effective', isFinal: true })
    expect(
      fulfils(reset, {
        kind: 'StatusReported',
        chargerId: 7,
        receivedAt,
        connectorId: 0,
        status: 'Available',
      }),
    ).toBe(false)
  })

  test('a lost connection fulfils nothing but a reset', () => {
    expect(advance(command({}), { kind: 'closed' })).toMatchObject({
      status: 'failed',
      reason: 'connection-lost',
    })
    expect(fulfils(command({}), { kind: 'ChargerDisconnected', chargerId: 7, receivedAt })).toBe(
      false,
    )
  })

  test('a change of availability is fulfilled by the status seen on that connector', () => {
    const lock = command({
      action: 'ChangeAvailability',
      payload: { connectorId: 2, type: 'Inoperative' },
    })
    const open = command({
      action: 'ChangeAvailability',
      payload: { connectorId: 0, type: 'Operative' },
    })
    const status = (connectorId: number, text: string): Happening => ({
      kind: 'StatusReported',
      chargerId: 7,
      receivedAt,
      connectorId,
      status: text,
    })
    expect(fulfils(lock, status(2, 'Unavailable'))).toBe(true)
    expect(fulfils(lock, status(1, 'Unavailable'))).toBe(false)
    expect(fulfils(lock, status(2, 'Faulted'))).toBe(false)
    expect(fulfils(open, status(1, 'Charging'))).toBe(true)
    expect(fulfils(open, status(1, 'Unavailable'))).toBe(false)
    expect(fulfils(open, status(0, 'Faulted'))).toBe(false)
  })
})

describe('the end of a wish', () => {
  test('waiting for the charger, for its answer and for the effect end in three different words', () => {
    expect(advance(command({ status: 'queued' }), { kind: 'deadline' })).toMatchObject({
      status: 'failed',
      reason: 'offline',
    })
    expect(advance(command({ status: 'sent' }), { kind: 'deadline' })).toMatchObject({
      status: 'timeout',
      reason: 'no-answer',
    })
    expect(advance(command({ status: 'accepted' }), { kind: 'deadline' })).toMatchObject({
      status: 'failed',
      reason: 'no-effect',
    })
  })

  test('a start without a plug says what to do', () => {
    expect(
      afterNoEffect(
        'RemoteStartTransaction',
        {},
        { charger: 'KP-07', connectorStatus: 'Available' },
      ).outcome,
    ).toBe(
      'KP-07 accepted the start but no cable was plugged in within 120 s. Plug in and try again.',
    )
    expect(
      afterNoEffect(
        'RemoteStartTransaction',
        {},
        { charger: 'KP-07', connectorStatus: 'Preparing' },
      ).outcome,
    ).toMatch(/although a plug is in/)
  })

  test('a late answer does not change what has ended', () => {
    const late = command({ status: 'timeout', isFinal: true })
    expect(advance(late, { kind: 'answered', response: { status: 'Accepted' } })).toBeNull()
    expect(advance(late, { kind: 'happened', happening: started() })).toBeNull()
  })

  test('an answer before anything was sent is ignored', () => {
    expect(
      advance(command({ status: 'queued' }), {
        kind: 'answered',
        response: { status: 'Accepted' },
      }),
    ).toBeNull()
    expect(
      advance(command({ status: 'accepted' }), { kind: 'refused', reason: 'x', outcome: 'x' }),
    ).toBeNull()
  })

  test('under 20,000 seeded random event orders each command gets exactly one final state, by legal steps (R5)', () => {
    let seed = 5
    const random = (below: number) => {
      seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0
      return Math.floor((seed / 2 ** 32) * below)
    }
    const pick = <T>(list: readonly T[]): T => list[random(list.length)]!
    for (let round = 0; round < 20_000; round++) {
      const action = pick(kinds)
      let state = command({
        action,
        status: 'queued',
        sentAt: null,
        payload: {
          connectorId: 1,
          idTag: 'A1B2',
          transactionId: 42,
          type: pick(['Operative', 'Inoperative', 'Hard']),
        },
      })
      const events: CommandEvent[] = [
        { kind: 'sent' },
        {
          kind: 'answered',
          response: pick([
            { status: 'Accepted' },
            { status: 'Rejected' },
            { status: 'Scheduled' },
            {},
            null,
          ]),
        },
        pick<CommandEvent>([
          { kind: 'silence' },
          { kind: 'closed' },
          { kind: 'error', code: 'GenericError' },
        ]),
        { kind: 'happened', happening: started({ idToken: 'a1:b2' }) },
        {
          kind: 'happened',
          happening: { kind: 'SessionEnded', chargerId: 7, receivedAt, transactionId: 42 },
        },
        { kind: 'happened', happening: { kind: 'ChargerBooted', chargerId: 7, receivedAt } },
        {
          kind: 'happened',
          happening: {
            kind: 'StatusReported',
            chargerId: 7,
            receivedAt,
            connectorId: 1,
            status: pick(['Available', 'Unavailable']),
          },
        },
        { kind: 'refused', reason: 'not-registered', outcome: 'Not registered.' },
        { kind: 'deadline' },
      ]
      for (let index = events.length - 1; index > 0; index--) {
        const other = random(index + 1)
        ;[events[index], events[other]] = [events[other]!, events[index]!]
      }
      // Time passes in the end: whatever was left open meets its deadline, step by step.
      const after: CommandEvent[] = [
        { kind: 'deadline' },
        { kind: 'deadline' },
        { kind: 'deadline' },
      ]
      let finals = 0
      for (const event of [...events, ...after]) {
        const before: CommandStatus = state.status
        const change = advance(state, event)
        if (!change) continue
        expect(legalSteps[before]).toContain(change.status)
        if (change.isFinal) finals++
        state = {
          ...state,
          status: change.status,
          isFinal: change.isFinal,
          sentAt: change.status === 'sent' ? sentAt : state.sentAt,
        }
      }
      expect({ round, action, finals, isFinal: state.isFinal }).toEqual({
        round,
        action,
        finals: 1,
        isFinal: true,
      })
    }
  })
})
