/**
 * A simulated charger's way to the central system: power, connecting with back-off, boot until accepted, heartbeats.
 * What is said on it and what follows from being accepted is the charger's affair.
 */
import type { ChargerOptions } from './charger'
import { sleepMs } from './clock'
import type { Behaviour } from './faults'
import { count, type Ledger } from './ledger'
import { randomStream } from './random'
import { connectWire, type Answer, type Wire, type WireOptions } from './wire'

const MAX_RECONNECT_MS = 60_000
const DEFAULT_HEARTBEAT_SECONDS = 300

export type LineParts = {
  options: ChargerOptions
  behaviour: Behaviour
  ledger: Ledger
  life: AbortSignal
  bootPayload: () => object
  /** The register at the start of the running charge; 0 when none runs. */
  meterStartWh: () => number
  onCall: WireOptions['onCall']
  /** Told after each heartbeat: the time for chores. */
  onBeat: () => void
  /** Told each time the charger is accepted on a new line; `isFresh` after a boot of the device. */
  onAccepted: (isFresh: boolean) => void
}

const isPlainTime = (value: unknown) => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(String(value))
const isObject = (value: unknown) =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export type Line = ReturnType<typeof createLine>

/** A charger's line without power; it starts to connect with `powerUp` and ends with `life`. */
export function createLine(parts: LineParts) {
  const { options, behaviour, ledger, life } = parts
  const { identity, clock, seed } = options
  const { knobs } = behaviour
  const chance = randomStream(seed, `${identity}/line`)
  let password = options.password
  let isPowered = false
  let isUp = true
  let isAccepted = false
  let hasBooted = false
  let heartbeatSeconds = DEFAULT_HEARTBEAT_SECONDS
  let wire: Wire | null = null
  let successor: Wire | null = null
  let serial = 0
  let idSerial = 0
  let changes: (() => void)[] = []

  const changed = () => {
    const told = changes
    changes = []
    for (const tell of told) tell()
  }
  const nextChange = () => new Promise<void>((resolve) => changes.push(resolve))
  life.addEventListener('abort', changed)

  const isOnline = () => isAccepted && wire !== null && wire.isOpen()

  const messageId = () => {
    if (knobs.messageIds === 'always1') return '1'
    idSerial += 1
    return knobs.messageIds === 'restart' ? String(idSerial) : `${seed.toString(36)}-${idSerial}`
  }

  /** Says something on the present line, accepted or not. */
  const transmit = async (action: string, payload: object): Promise<Answer> => {
    if (!wire) return { kind: 'lost' }
    const said = behaviour.rewrite(action, payload as Record<string, unknown>, {
      serial: serial++,
      now: clock.now(),
      meterStartWh: parts.meterStartWh(),
    })
    count(ledger, action, 'sent')
    const answer = await wire.call(action, said)
    const outcome = { result: 'acked', error: 'refused', lost: 'lost' } as const
    count(ledger, action, outcome[answer.kind])
    return answer
  }

  /** Boots until accepted (`OCPP 1.6 ed2 §4.2`); false when the line went first. */
  const boot = async (): Promise<boolean> => {
    const line = wire
    while (line?.isOpen()) {
      const answer = await transmit('BootNotification', parts.bootPayload())
      if (answer.kind === 'result') {
        const interval = Number(answer.payload.interval)
        const isReadable = !knobs.plainTimesOnly || isPlainTime(answer.payload.currentTime)
        if (answer.payload.status === 'Accepted' && isReadable) {
          if (interval > 0) heartbeatSeconds = interval
          hasBooted = true
          return true
        }
        await clock.sleep(interval || 30, life)
      } else if (line.isOpen()) await clock.sleep(10, life)
    }
    return false
  }

  const keepBeating = async (line: Wire) => {
    while (await clock.sleep(heartbeatSeconds, life)) {
      if (wire !== line || !line.isOpen()) return
      await transmit('Heartbeat', {})
      parts.onBeat()
    }
  }

  /** Row 14 of the quirks: `OCPP-J 1.6 §4.2.3`, the description is a string and the details are an object. */
  const askUnknown = async () => {
    const answer = await transmit('VendorSpecificQuestion', {})
    if (answer.kind !== 'error') ledger.refusals.push('an unknown action was not refused')
    else if (typeof answer.description !== 'string' || !isObject(answer.details))
      ledger.refusals.push(`a refusal out of shape: ${JSON.stringify(answer)}`)
  }

  /** Row 9 of the quirks: the next line is open and used before the last one is closed. */
  const doubled = async () => {
    const next = await connect()
    if ('refused' in next) return void ledger.refusals.push(`second socket: ${next.refused}`)
    wire = next
    isAccepted = true
    successor = next
  }

  const serve = async (line: Wire) => {
    wire = line
    const isFresh = !hasBooted
    const mustBoot = knobs.boot === 'onEveryConnect' || (isFresh && knobs.boot !== 'never')
    if (!mustBoot || (await boot())) {
      isAccepted = true
      changed()
      options.onNews?.(`${identity} is connected`)
      parts.onAccepted(isFresh)
      void keepBeating(line)
      if (knobs.flapSeconds) setTimeout(() => line.cut(), knobs.flapSeconds * 1000).unref()
    }
    if (knobs.asksUnknown) await askUnknown()
    if (knobs.doublesSocket && isFresh) void doubled()
    const { code } = await line.closed
    if (wire === line) {
      wire = null
      isAccepted = false
    }
    options.onNews?.(`${identity} lost its line (${code})`)
  }

  const connect = () =>
    connectWire({
      url: `${options.url}/${knobs.path(identity)}`,
      protocols: knobs.protocols,
      username: knobs.username(identity),
      password: knobs.password(password),
      messageId,
      answerTimeoutMs: options.answerTimeoutMs ?? 30_000,
      localAddress: options.localAddress,
      print: knobs.print,
      onCall: (action, payload) => {
        if (knobs.bootsAnewWhenAsked && !isAccepted) wire?.cut()
        return parts.onCall(action, payload)
      },
    })

  const live = async () => {
    const firstWaitMs = options.reconnectMs ?? 1_000
    let waitMs = firstWaitMs
    while (!life.aborted) {
      if (!isPowered || !isUp) {
        await nextChange()
        continue
      }
      if (knobs.messageIds === 'restart') idSerial = 0
      const line = await connect()
      if ('refused' in line) options.onNews?.(`${identity} was refused: ${line.refused}`)
      else if (life.aborted || !isPowered || !isUp) line.cut()
      else {
        waitMs = firstWaitMs
        await serve(line)
        if (successor) {
          const { closed } = successor
          successor = null
          await closed
          wire = null
          isAccepted = false
        }
      }
      await sleepMs(waitMs * chance.between(0.5, 1), life)
      waitMs = Math.min(MAX_RECONNECT_MS, waitMs * 2)
    }
  }
  void live()

  return {
    isOnline,
    transmit,
    boot,
    setPassword: (text: string) => void (password = text),
    powerUp: () => {
      isPowered = true
      changed()
    },
    powerDown: () => {
      isPowered = false
      hasBooted = false
      wire?.cut()
    },
    goOffline: () => {
      isUp = false
      wire?.cut()
    },
    goOnline: () => {
      isUp = true
      changed()
    },
    whenOnline: async () => {
      while (!isOnline() && !life.aborted) await nextChange()
    },
    /** Closes politely, and by force when nobody answers. */
    hangUp: async () => {
      const line = wire
      line?.close()
      await Promise.race([line?.closed, sleepMs(500)])
      line?.cut()
    },
  }
}
