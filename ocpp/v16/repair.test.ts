import type { ReadRequest } from '../repair'
import { readRequest } from '../repair'
import { v16 } from './index'

const read = (action: string, payload: unknown): ReadRequest => readRequest(v16, action, payload)
const mended = (action: string, payload: unknown) => {
  const result = read(action, payload)
  if (result.kind !== 'request') throw new Error(result.problem.text)
  return { payload: result.payload, repairs: result.repairs }
}

const timestamp = '2026-11-24T10:00:00Z'
const meter = (meterValue: unknown, more: object = {}) => ({ connectorId: 1, meterValue, ...more })
const sample = (value: unknown) => meter([{ timestamp, sampledValue: [value] }])
const samplesOf = (payload: unknown) =>
  (payload as { meterValue: { sampledValue: unknown[] }[] }).meterValue.map(
    ({ sampledValue }) => sampledValue,
  )

test('what is in order is not touched, not even copied', () => {
  const payload = sample({ value: '1' })
  const result = read('MeterValues', payload)
  expect(result).toEqual({ kind: 'request', payload, repairs: [] })
  expect((result as { payload: unknown }).payload).toBe(payload)
})

describe('meter values (QUIRKS 42, 43, 46)', () => {
  test.each<[string, unknown, unknown[][]]>([
    [
      'an object for a list',
      meter({ timestamp, sampledValue: { value: '1' } }),
      [[{ value: '1' }]],
    ],
    ['an empty list', meter([]), []],
    [
      'OCPP 1.5 names',
      { connectorId: 1, values: [{ timestamp, values: [{ value: '1' }] }] },
      [[{ value: '1' }]],
    ],
    ['`values` for `value`', sample({ values: '1' }), [[{ value: '1' }]]],
    ['a bare value', meter([{ timestamp, value: 17.5 }]), [[{ value: '17.5' }]]],
    ['a number', sample({ value: 230.1 }), [[{ value: '230.1' }]]],
    [
      'no value',
      meter([{ timestamp, sampledValue: [{}, { value: null }, null, { value: '2' }] }]),
      [[{ value: '2' }]],
    ],
    [
      'empty and unknown options',
      sample({
        value: '1',
        context: 'Sometimes',
        location: '',
        format: 7,
        phase: null,
        colour: 'red',
      }),
      [[{ value: '1' }]],
    ],
    [
      'other case',
      sample({
        value: 1,
        measurand: 'energy.active.import.register',
        phase: 'l1-n',
        location: 'ev',
      }),
      [[{ value: '1', measurand: 'Energy.Active.Import.Register', phase: 'L1-N', location: 'EV' }]],
    ],
    [
      'units as they come',
      sample({ value: '50', measurand: 'Frequency', unit: 'Hertz' }),
      [[{ value: '50', measurand: 'Frequency', unit: 'Hertz' }]],
    ],
    [
      'Celcius and Celsius',
      meter([
        {
          timestamp,
          sampledValue: [
            { value: '1', unit: 'Celcius' },
            { value: '1', unit: 'Celsius' },
          ],
        },
      ]),
      [
        [
          { value: '1', unit: 'Celcius' },
          { value: '1', unit: 'Celsius' },
        ],
      ],
    ],
  ])('%s', (_what, payload, expected) => {
    expect(samplesOf(mended('MeterValues', payload).payload)).toEqual(expected)
  })

  test('an unknown measurand or phase is kept: without it the value would count as the register', () => {
    const value = { value: '5', measurand: 'Vendor.Heat', phase: 'L4' }
    const { payload, repairs } = mended('MeterValues', sample(value))
    expect(samplesOf(payload)).toEqual([[value]])
    expect(repairs).toEqual([
      'meterValue[0].sampledValue[0].measurand is not listed in the standard',
      'meterValue[0].sampledValue[0].phase is not listed in the standard',
    ])
  })

  test('a reading without a usable time is kept without one, a number of seconds as text', () => {
    const { payload, repairs } = mended(
      'MeterValues',
      meter([
        { timestamp: '', sampledValue: [{ value: '1' }] },
        { sampledValue: [{ value: '2' }] },
        { timestamp: 1764000000, sampledValue: [{ value: '3' }] },
        { timestamp: 'noon', sampledValue: [{ value: '4' }] },
      ]),
    )
    expect(payload).toEqual(
      meter([
        { sampledValue: [{ value: '1' }] },
        { sampledValue: [{ value: '2' }] },
        { timestamp: '1764000000', sampledValue: [{ value: '3' }] },
        { timestamp: 'noon', sampledValue: [{ value: '4' }] },
      ]),
    )
    expect(repairs).toHaveLength(4)
  })

  test('ids as text are numbers, and one that is none is dropped where it may be', () => {
    expect(
      mended('MeterValues', { ...sample({ value: '1' }), connectorId: '1', transactionId: '17' })
        .payload,
    ).toMatchObject({ connectorId: 1, transactionId: 17 })
    expect(
      mended('MeterValues', { ...sample({ value: '1' }), transactionId: 'none' }).payload,
    ).not.toHaveProperty('transactionId')
  })

  test.each([
    [{ meterValue: [] }, 'OccurenceConstraintViolation', 'connectorId is missing'],
    [{ connectorId: 1 }, 'OccurenceConstraintViolation', 'meterValue is missing'],
    [meter('many'), 'TypeConstraintViolation', 'meterValue must be a list'],
    [
      { ...meter([]), connectorId: {} },
      'TypeConstraintViolation',
      'connectorId must be a whole number',
    ],
    [[], 'FormationViolation', 'payload must be an object'],
  ])('beyond use: %j', (payload, code, text) =>
    expect(read('MeterValues', payload)).toEqual({ kind: 'problem', problem: { code, text } }),
  )

  test('a megabyte of oddities is mended in one pass, and the log gets twenty of them', () => {
    const values = Array.from({ length: 20_000 }, (_, n) => ({ value: n, unit: '', junk: n }))
    const startedMs = performance.now()
    const { payload, repairs } = mended('MeterValues', meter([{ timestamp, sampledValue: values }]))
    expect(performance.now() - startedMs).toBeLessThan(500)
    expect(samplesOf(payload)[0]).toHaveLength(20_000)
    expect(repairs).toHaveLength(21)
    expect(repairs.at(-1)).toBe('and more')
  })
})

describe('StartTransaction', () => {
  const start = { connectorId: 1, idTag: 'TAG', meterStart: 100, timestamp }

  test.each<[string, object, object]>([
    ['numbers as text', { ...start, meterStart: '100', connectorId: '1' }, start],
    ['a broken register', { ...start, meterStart: 99.6 }, start],
    ['a number for a card', { ...start, idTag: 12345678 }, { ...start, idTag: '12345678' }],
    [
      'no time',
      { ...start, timestamp: undefined },
      { connectorId: 1, idTag: 'TAG', meterStart: 100 },
    ],
    ['null and unknown members', { ...start, reservationId: null, vendor: 'x' }, start],
  ])('%s', (_what, payload, expected) =>
    expect(mended('StartTransaction', payload).payload).toEqual(expected),
  )

  test('a card number of 40 characters is still a session (QUIRKS 39)', () => {
    expect(read('StartTransaction', { ...start, idTag: 'x'.repeat(40) })).toMatchObject({
      kind: 'request',
      repairs: [],
    })
  })

  test.each([
    [{ ...start, idTag: undefined }, 'OccurenceConstraintViolation', 'idTag is missing'],
    [{ ...start, idTag: {} }, 'TypeConstraintViolation', 'idTag must be a text'],
    [
      { ...start, meterStart: 'none' },
      'TypeConstraintViolation',
      'meterStart must be a whole number',
    ],
    [
      { ...start, connectorId: 1.5 },
      'TypeConstraintViolation',
      'connectorId must be a whole number',
    ],
  ])('beyond use: %j', (payload, code, text) =>
    expect(read('StartTransaction', payload)).toEqual({ kind: 'problem', problem: { code, text } }),
  )
})

describe('StopTransaction', () => {
  test('after a power loss there may be no card, no meter and no clock (QUIRKS 37)', () => {
    const { payload, repairs } = mended('StopTransaction', {
      transactionId: 5,
      idTag: '',
      reason: 'PowerLoss',
    })
    expect(payload).toEqual({ transactionId: 5, idTag: '', reason: 'PowerLoss' })
    expect(repairs).toEqual(['meterStop is missing', 'timestamp is missing'])
  })

  test.each([
    ['deauthorized', 'DeAuthorized'],
    [' EVDisconnected ', 'EVDisconnected'],
    ['EnergyLimitReached', 'Other'],
    ['', undefined],
    [null, undefined],
  ])('reason %j is %s', (reason, expected) =>
    expect(
      (
        mended('StopTransaction', { transactionId: 5, meterStop: 1, timestamp, reason })
          .payload as { reason?: string }
      ).reason,
    ).toBe(expected),
  )

  test('transactionData is mended like meter values', () => {
    const transactionData = { timestamp, sampledValue: { value: 17, context: 'transaction.end' } }
    expect(
      mended('StopTransaction', { transactionId: 5, meterStop: 1, timestamp, transactionData })
        .payload,
    ).toMatchObject({
      transactionData: [{ timestamp, sampledValue: [{ value: '17', context: 'Transaction.End' }] }],
    })
  })

  test('transaction 9223372036854775807, 0 and −1 are taken as said (QUIRKS 31, 32)', () => {
    for (const transactionId of [9223372036854775807, 0, -1])
      expect(read('StopTransaction', { transactionId, meterStop: 1, timestamp })).toMatchObject({
        kind: 'request',
        repairs: [],
      })
  })
})

describe('other calls', () => {
  test('only optional members are touched', () => {
    expect(
      mended('StatusNotification', {
        connectorId: 1,
        errorCode: 'NoError',
        status: 'Available',
        info: null,
        vendorErrorCode: 0,
        timestamp: '',
      }),
    ).toEqual({
      payload: { connectorId: 1, errorCode: 'NoError', status: 'Available', vendorErrorCode: '0' },
      repairs: ['info dropped', 'timestamp dropped', 'vendorErrorCode put right'],
    })
    expect(
      mended('BootNotification', { chargePointVendor: 'v', chargePointModel: 'm', iccid: null })
        .payload,
    ).toEqual({ chargePointVendor: 'v', chargePointModel: 'm' })
  })

  test.each([
    ['Authorize', { idTag: 12 }, 'TypeConstraintViolation', 'idTag must be a text'],
    [
      'Authorize',
      { idTag: 'x'.repeat(21) },
      'PropertyConstraintViolation',
      'idTag is longer than 20 characters',
    ],
    [
      'BootNotification',
      { chargePointVendor: 'v' },
      'OccurenceConstraintViolation',
      'chargePointModel is missing',
    ],
    [
      'BootNotification',
      { chargePointVendor: 12, chargePointModel: 'm' },
      'TypeConstraintViolation',
      'chargePointVendor must be a text',
    ],
    [
      'StatusNotification',
      { connectorId: 1, errorCode: 'NoError', status: 'Occupied' },
      'PropertyConstraintViolation',
      'status has a value that the standard does not list',
    ],
    ['Heartbeat', { now: 1 }, 'FormationViolation', 'now is not a member of this message'],
    ['Heartbeat', 'x', 'FormationViolation', 'payload must be an object'],
    ['DataTransfer', { vendorId: 'v', data: {} }, 'TypeConstraintViolation', 'data must be a text'],
  ])('%s %j is told what is wrong', (action, payload, code, text) =>
    expect(read(action, payload)).toEqual({ kind: 'problem', problem: { code, text } }),
  )
})

test('names from outside neither pollute nor forge', () => {
  const payload: unknown = JSON.parse(
    '{"connectorId":"1","meterValue":[],"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"a\\nb":1}',
  )
  const { payload: clean, repairs } = mended('MeterValues', payload)
  expect(Object.keys(clean as object)).toEqual(['connectorId', 'meterValue'])
  expect(({} as Record<string, unknown>).polluted).toBeUndefined()
  expect(repairs.join()).not.toContain('\n')
  expect(read('__proto__', {})).toMatchObject({ kind: 'problem' })
  expect(read('constructor', {})).toMatchObject({ kind: 'problem' })
})
