import { Ajv } from 'ajv'
import addFormats from 'ajv-formats'
import * as schemas from 'typed-ocpp/dist/ocpp16/schemas.js'

import { commandActions } from '@/commands/schemas'
import { commandKinds } from '@/domain/command/kinds'

import { fromCharger, toCharger } from './actions'
import { v16 } from './index'

test('the 39 messages of the standard and its security extension are all there', () => {
  const names = new Set(Object.keys(schemas).map((name) => name.replace(/Re(quest|sponse)$/, '')))
  expect([...new Set([...fromCharger, ...toCharger])].sort()).toEqual([...names].sort())
  expect(names.size).toBe(39)
})

test('what a command may be called is the same here, in the catalogue and in the schemas', () => {
  expect([...commandActions].sort()).toEqual([...toCharger].sort())
  expect(Object.keys(commandKinds).sort()).toEqual([...toCharger].sort())
  expect([...v16.out].sort()).toEqual([...toCharger].sort())
})

test('all that a charger may say is served', () => {
  const unserved = fromCharger.filter((action) => !v16.in.has(action))
  expect(unserved).toEqual([])
})

test.each([
  ['Reset', 'NotSupported'],
  ['FlyAway', 'NotImplemented'],
  ['heartbeat', 'NotImplemented'],
  ['__proto__', 'NotImplemented'],
  ['', 'NotImplemented'],
])('%s from a charger is %s', (action, code) => expect(v16.refusal(action).code).toBe(code))

test.each([
  ['Reset', { status: 'Accepted' }, null],
  ['Reset', {}, 'OccurenceConstraintViolation'],
  ['Reset', { status: 'Maybe' }, 'PropertyConstraintViolation'],
  ['GetConfiguration', { configurationKey: [{ key: 'a', readonly: false, value: '1' }] }, null],
  ['GetConfiguration', { configurationKey: [{ key: 'a' }] }, 'OccurenceConstraintViolation'],
  ['GetDiagnostics', {}, null],
  ['FlyAway', {}, 'NotImplemented'],
])('the answer to %s, %j: %s', (action, payload, code) =>
  expect(v16.validateResponse(action, payload)?.code ?? null).toBe(code),
)

describe('our own answers pass the official schemas', () => {
  const ajv = new Ajv({ strict: false })
  addFormats.default(ajv)
  const official = schemas as Record<string, object>
  const now = new Date('2026-11-24T10:00:00.123Z')
  const authorization = {
    status: 'Expired',
    expiresAt: new Date('2026-01-01T00:00:00Z'),
    parentIdToken: 'GROUP',
  }
  const outcomes: Record<string, unknown> = {
    Authorize: authorization,
    BootNotification: { registration: 'Accepted', heartbeatIntervalSeconds: 300 },
    StartTransaction: { transactionId: 7, authorization },
    StopTransaction: { authorization },
    DataTransfer: { status: 'UnknownVendorId' },
    SignCertificate: { isTaken: false },
  }
  test.each([...v16.in.keys()])('%s', (action) => {
    const reply = v16.in.get(action)!.toReply(outcomes[action] ?? null, { now })
    const validate = ajv.compile(official[`${action}Response`]!)
    expect(validate(reply) ? null : validate.errors).toBeNull()
    expect(JSON.stringify(reply)).not.toMatch(/\.\d{3}Z|\+00:00/)
  })
})
