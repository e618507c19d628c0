/** A charge point that does what a test case says and nothing else: raw frames over a raw WebSocket. */
import { once } from 'node:events'
import { WebSocket } from 'ws'

import { requestCommand } from '@/commands/request'
import { withTransaction } from '@/db/tx'
import type { RunningChargerSide } from '../helpers/chargerSide'
import { byRule, eventually } from '../helpers/onCharger'

export type Json = Record<string, unknown>
export type Ended = {
  status: string
  reason: string | null
  outcome: string | null
  response: string | null
}

export type ChargePoint = Awaited<ReturnType<typeof plugIntoSide>>

/** The `n`th charger of the side, connected and not yet booted. */
export async function plugIntoSide(side: RunningChargerSide, n: number, tls: { ca?: string } = {}) {
  const { identity, password, idTag } = side.chargers[n]!
  const { rows } = await side.pool.query<{ id: number }>(
    'select id from chargers where identity = $1',
    [identity],
  )
  const id = rows[0]!.id
  const waiting = new Map<string, (answer: Json | string) => void>()
  const answers = new Map<string, (Json | 'silence')[]>()
  /** Calls that came, in order. */
  const received: { action: string; payload: Json }[] = []
  let serial = 0
  let socket!: WebSocket

  async function connect(secret = password): Promise<void> {
    const next = new WebSocket(`${side.role.url}/${identity}`, ['ocpp1.6'], {
      ...tls,
      headers: {
        Authorization: `Basic ${Buffer.from(`${identity}:${secret}`).toString('base64')}`,
      },
    })
    next.on('message', onMessage)
    await once(next, 'open')
    next.on('error', () => undefined)
    socket = next
  }

  function onMessage(data: Buffer): void {
    const frame = JSON.parse(data.toString()) as [number, string, ...unknown[]]
    if (frame[0] === 3) return waiting.get(frame[1])?.(frame[2] as Json)
    if (frame[0] === 4) return waiting.get(frame[1])?.(String(frame[2]))
    const [, messageId, action, payload] = frame as [number, string, string, Json]
    received.push({ action, payload })
    const next = answers.get(action)?.shift()
    if (next === 'silence') return
    socket.send(
      JSON.stringify(next ? [3, messageId, next] : [4, messageId, 'NotSupported', '', {}]),
    )
  }

  await connect()
  return {
    id,
    identity,
    idTag,
    received,
    side,
    /** A call; its answer, or the code of the CALLERROR. */
    say(action: string, payload: Json): Promise<Json | string> {
      const messageId = `${identity}-${++serial}`
      socket.send(JSON.stringify([2, messageId, action, payload]))
      return new Promise((resolve) => waiting.set(messageId, resolve))
    },
    /** What it will answer to the next call of this kind. */
    answers(action: string, ...list: (Json | 'silence')[]): void {
      answers.set(action, [...(answers.get(action) ?? []), ...list])
    },
    connect,
    async disconnect(): Promise<void> {
      const gone = once(socket, 'close')
      socket.close()
      await gone
    },
    protocol: () => socket.protocol,
    cut: () => socket.terminate(),
    /** The central system wants this of it, and it answers so; the number of the command. */
    async asked(action: string, payload: Json, answer?: Json | 'silence'): Promise<number> {
      if (answer) answers.set(action, [...(answers.get(action) ?? []), answer])
      const requested = await withTransaction(side.pool, (sql) =>
        requestCommand(sql, { ...byRule, charger: id, action, payload, now: new Date() }),
      )
      if (requested.kind !== 'queued') throw new Error(JSON.stringify(requested))
      return requested.id
    },
    /** Once the command has ended, or got as far as `status`. */
    ended: (command: number, status?: string): Promise<Ended> =>
      eventually(
        async () =>
          (
            await side.pool.query<Ended & { final: boolean }>(
              'select status, reason, outcome, response, is_final final from commands where id = $1',
              [command],
            )
          ).rows[0]!,
        (row) => row.final || row.status === status,
      ),
    sessions: async () =>
      (
        await side.pool.query<{
          status: string
          stop_reason: string | null
          energy_wh: number
          reservation_number: number | null
        }>(
          `select status, stop_reason, energy_wh::int, reservation_number::int from sessions
            where charger_id = $1 order by id`,
          [id],
        )
      ).rows,
    connectorStatus: async () =>
      (
        await side.pool.query<{ status: string }>(
          `select cs.status from connectors cn join connector_states cs on cs.id = cn.state_id
            where cn.charger_id = $1 and cn.connector_id = 1`,
          [id],
        )
      ).rows[0]?.status,
  }
}

/** Minutes ago, as chargers write it. */
export const ago = (minutes: number): string =>
  new Date(Date.now() - minutes * 60_000).toISOString().replace(/\.\d+Z$/, 'Z')

export const ahead = (minutes: number): string => ago(-minutes)

export async function boot(cp: ChargePoint): Promise<Json> {
  const answer = (await cp.say('BootNotification', {
    chargePointVendor: 'Certified',
    chargePointModel: 'Scripted',
  })) as Json
  for (const connectorId of [0, 1]) await status(cp, 'Available', connectorId)
  return answer
}

export const status = (cp: ChargePoint, word: string, connectorId = 1, errorCode = 'NoError') =>
  cp.say('StatusNotification', { connectorId, errorCode, status: word, timestamp: ago(0) })

/** Begins a charge; its number and what is thought of the card. */
export async function begin(cp: ChargePoint, more: Json = {}) {
  const answer = (await cp.say('StartTransaction', {
    connectorId: 1,
    idTag: cp.idTag,
    meterStart: 1_000,
    timestamp: ago(30),
    ...more,
  })) as { transactionId: number; idTagInfo: { status: string } }
  return { transactionId: answer.transactionId, card: answer.idTagInfo.status }
}

export const end = (cp: ChargePoint, transactionId: number, more: Json = {}) =>
  cp.say('StopTransaction', {
    transactionId,
    meterStop: 6_000,
    timestamp: ago(1),
    reason: 'Local',
    ...more,
  })

/** A card of its own in this state. */
export async function card(cp: ChargePoint, state: 'blocked' | 'expired'): Promise<string> {
  const uid = `${cp.identity.replace(/\W/g, '').slice(0, 8)}${state.slice(0, 3)}`.toUpperCase()
  await cp.side.pool.query(
    'insert into rfid_cards (uid, status) values ($1, $2::enum_rfid_cards_status)',
    [uid, state],
  )
  return uid
}
