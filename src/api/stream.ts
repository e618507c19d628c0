import { createHash } from 'node:crypto'

import { channels, type MeterTick } from '@/db/channels'
import { listen, type Listener } from '@/db/listen'
import { findCharge } from '@/db/queries/app/charges'
import { findSignIn } from '@/db/queries/app/signIns'
import { lastStates } from '@/domain/app/chargeState'
import { me, type Context } from './operation'
import { Charge } from './shapes'
import { hashToken } from '@/platform/tokens'
import { chargeView } from './views'

const streamsMost = 2_000
const streamsPerDriver = 5
/** Notifications are hints: who hears none looks again. */
const lookAgainMs = 5_000
const aliveEveryMs = 15_000
/** Figures come in bursts: one look for all that arrives within this. */
const restMs = 150

type Follower = { wake(tick?: MeterTick): void }

/** One connection to Postgres for all streams of the process; open while somebody follows. */
const followers = new Set<Follower>()
const perDriver = new Map<number, number>()
let listener: Listener | null = null

function join(follower: Follower, connectionString: string): void {
  followers.add(follower)
  listener ??= listen({
    connectionString,
    name: 'cpms-app-live',
    channels: [channels.event, channels.live],
    onNotify(channel, payload) {
      const ticks = channel === channels.live ? readTicks(payload) : [undefined]
      for (const one of followers) for (const tick of ticks) one.wake(tick)
    },
    onUp() {
      for (const one of followers) one.wake()
    },
  })
}

function leave(follower: Follower): void {
  followers.delete(follower)
  if (followers.size > 0) return
  void listener?.close()
  listener = null
}

function readTicks(payload: string): MeterTick[] {
  try {
    const ticks: unknown = JSON.parse(payload)
    return Array.isArray(ticks) ? (ticks as MeterTick[]) : []
  } catch {
    return []
  }
}

/**
 * `sessionStream`: a charge as server-sent events until nothing more will happen. Whose it is, and that the sign-in
 * still stands, is asked anew with every look. Null where too many follow already.
 */
export function sessionStream(
  context: Context,
  chargeId: string,
): ReadableStream<Uint8Array> | null {
  const driver = me(context)
  const mine = perDriver.get(driver.id) ?? 0
  if (followers.size >= streamsMost || mine >= streamsPerDriver) return null
  perDriver.set(driver.id, mine + 1)
  const token = hashToken((context.headers.get('authorization') ?? '').replace(/^Bearer /, ''))
  const encoder = new TextEncoder()
  let known = context.headers.get('last-event-id') ?? ''
  let sessionRow: number | null = null
  let newest: MeterTick | null = null
  let isOver = false
  let isBusy = false
  let isAsked = false
  let stop = () => {}

  return new ReadableStream<Uint8Array>({
    start(controller) {
      const say = (text: string) => {
        if (!isOver) controller.enqueue(encoder.encode(text))
      }
      stop = () => {
        if (isOver) return
        isOver = true
        clearInterval(again)
        clearInterval(alive)
        leave(follower)
        perDriver.set(driver.id, Math.max(0, (perDriver.get(driver.id) ?? 1) - 1))
        context.signal.removeEventListener('abort', stop)
        try {
          controller.close()
        } catch {
          // the reader has gone already
        }
      }
      async function look(): Promise<void> {
        const now = new Date()
        const [row, standing] = await Promise.all([
          findCharge(context.pool, driver.id, chargeId),
          findSignIn(context.pool, token, now),
        ])
        if (!row || !standing) return stop()
        sessionRow = row.sessionId
        // the row of a running session is written about once a second, a tick with each reading
        const isFresher =
          newest !== null &&
          newest.session === row.sessionId &&
          !row.stoppedAt &&
          Date.parse(newest.at) >= (row.lastSampleAt?.getTime() ?? 0)
        if (isFresher && newest) {
          row.energyWh = Math.max(row.energyWh ?? 0, newest.wh)
          row.powerW = newest.w ?? row.powerW
          row.socPercent = newest.soc ?? row.socPercent
          row.lastSampleAt = new Date(newest.at)
          row.costMinor = newest.costMinor ?? row.costMinor
        }
        const view = Charge.parse(chargeView(row, now))
        // the clock runs by itself in the app: it makes no event
        const { durationSeconds: _clock, ...told } = view
        const id = createHash('sha256')
          .update(JSON.stringify(told))
          .digest('base64url')
          .slice(0, 16)
        if (id !== known) say(`id: ${id}\nevent: session\ndata: ${JSON.stringify(view)}\n\n`)
        known = id
        if (!lastStates.includes(view.state)) return
        // with money set aside the last word is its settlement
        if (view.state === 'priced' && view.payment !== 'none' && !row.isSettled) return
        say(`event: end\ndata: {"state":"${view.state}"}\n\n`)
        stop()
      }
      async function run(): Promise<void> {
        isBusy = true
        while (isAsked && !isOver) {
          isAsked = false
          await look().catch(() => {})
          await new Promise((done) => setTimeout(done, restMs))
        }
        isBusy = false
      }
      const follower: Follower = {
        wake(tick) {
          if (tick) {
            if (tick.session !== sessionRow) return
            newest = { ...newest, ...withoutNulls(tick) } as MeterTick
          }
          isAsked = true
          if (!isBusy) void run()
        },
      }
      const again = setInterval(() => follower.wake(), lookAgainMs)
      const alive = setInterval(() => say(': here\n\n'), aliveEveryMs)
      context.signal.addEventListener('abort', stop, { once: true })
      say('retry: 2000\n\n')
      join(follower, context.pool.options.connectionString ?? '')
      follower.wake()
    },
    cancel() {
      stop()
    },
  })
}

/** The worker's ticks carry a price and no power; the charger's carry power and no price. */
function withoutNulls(tick: MeterTick): Partial<MeterTick> {
  return Object.fromEntries(
    Object.entries(tick).filter(([, value]) => value !== null && value !== undefined),
  )
}
