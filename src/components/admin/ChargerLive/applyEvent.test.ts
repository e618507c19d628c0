import type { ChargerBoard } from '@/panel/chargerPage'

import type { LiveEvent } from '../live/connection'
import { applyEvent, applyTicks } from './applyEvent'

const board = {
  id: 5,
  state: {
    status: 'Available',
    statusSince: '2026-11-24T10:00:00Z',
    connected: true,
    lastSeenAt: '2026-11-24T10:00:00Z',
  },
  connectors: [
    { number: 1, status: 'Available', statusSince: '2026-11-24T10:00:00Z', session: null },
    {
      number: 2,
      status: 'Charging',
      statusSince: '2026-11-24T09:00:00Z',
      session: {
        id: 9,
        energyWh: 1000,
        powerW: 7000,
        socPercent: null,
        costMinor: 45,
        curve: [[1000, 7000, 1000]],
      },
    },
  ],
} as unknown as ChargerBoard

const event = (
  kind: string,
  body: Record<string, unknown>,
  over: Partial<LiveEvent> = {},
): LiveEvent => ({
  id: 1,
  at: '2026-11-24T11:00:00Z',
  kind,
  chargerId: 5,
  siteId: 1,
  sessionId: null,
  body,
  ...over,
})

test('a status changes the pill and moves last seen', () => {
  const after = applyEvent(
    board,
    event('charger.status', { status: 'Faulted', since: '2026-11-24T11:00:00Z' }),
  )
  expect(after.state).toMatchObject({ status: 'Faulted', lastSeenAt: '2026-11-24T11:00:00Z' })
})

test('R10 an older status that is heard late changes nothing', () => {
  const late = event(
    'charger.status',
    { status: 'Faulted', since: '2026-11-24T09:59:00Z' },
    { at: '2026-11-24T09:59:00Z' },
  )
  expect(applyEvent(board, late).state.status).toBe('Available')
  const connector = event('connector.status', {
    connectorId: 1,
    status: 'Faulted',
    since: '2026-11-24T09:59:00Z',
  })
  expect(applyEvent(board, connector).connectors[0]!.status).toBe('Available')
})

test('another charger is another charger', () => {
  expect(applyEvent(board, event('charger.status', { status: 'Faulted' }, { chargerId: 6 }))).toBe(
    board,
  )
})

test('a connector changes alone, and keeps its time when only its error changes', () => {
  const after = applyEvent(
    board,
    event('connector.status', {
      connectorId: 2,
      status: 'Charging',
      errorCode: 'WeakSignal',
      since: '2026-11-24T11:00:00Z',
    }),
  )
  expect(after.connectors[1]).toMatchObject({
    errorCode: 'WeakSignal',
    statusSince: '2026-11-24T09:00:00Z',
  })
  expect(after.connectors[0]).toBe(board.connectors[0])
})

test('figures of a session move its energy, power, cost and curve; energy never falls', () => {
  const tick = { session: 9, charger: 5, wh: 900, w: 7200, soc: 50, at: '2026-11-24T11:00:00Z' }
  const after = applyTicks(board, [tick, { ...tick, session: 8, w: 1 }]).connectors[1]!.session!
  expect(after).toMatchObject({ energyWh: 1000, powerW: 7200, socPercent: 50, costMinor: 45 })
  expect(after.curve).toHaveLength(2)
  const priced = applyTicks(board, [{ ...tick, w: null, costMinor: 60, currency: 'GBP' }])
    .connectors[1]!.session!
  expect(priced).toMatchObject({ costMinor: 60, powerW: 7000 })
  expect(priced.curve).toHaveLength(1)
})
