/**
 * A charge point's side of OCPP-J, written apart from `ocpp/rpc` on purpose: a server tested only with its own frame
 * code hides shared mistakes. One call outstanding; those of the central system are answered meanwhile.
 */
import WebSocket from 'ws'

export type Answer =
  | { kind: 'result'; payload: Record<string, unknown> }
  | { kind: 'error'; code: string; description: unknown; details: unknown }
  /** The socket closed or nothing came in time: whether it was processed is not known. */
  | { kind: 'lost' }

export type Served = { payload: object } | { code: string; description: string } | 'none'

export type WireOptions = {
  url: string
  protocols: string[]
  username: string
  password: Buffer
  messageId: () => string
  answerTimeoutMs: number
  /** The address it comes from, where it matters that many come from many. */
  localAddress?: string
  /** How a frame is written down; faults put their own in. */
  print?: (frame: unknown[]) => string
  /** Serves a call of the central system; `afterwards` runs when the answer is on its way. */
  onCall: (
    action: string,
    payload: Record<string, unknown>,
  ) => Promise<{ answer: Served; afterwards?: () => void }>
}

export type Wire = {
  isOpen(): boolean
  call(action: string, payload: object): Promise<Answer>
  close(): void
  /** Cuts the line, as a power failure does. */
  cut(): void
  closed: Promise<{ code: number; reason: string }>
}

export type Refused = { refused: string }

const basic = ({ username, password }: WireOptions) =>
  Buffer.concat([Buffer.from(`${username}:`), password])

/** Connects once; resolves with the open line, or with what the other side said instead. */
export function connectWire(options: WireOptions): Promise<Wire | Refused> {
  return new Promise((resolve) => {
    const socket = new WebSocket(options.url, options.protocols, {
      headers: { authorization: `Basic ${basic(options).toString('base64')}` },
      handshakeTimeout: 10_000,
      localAddress: options.localAddress,
      perMessageDeflate: false,
    })
    socket.once('unexpected-response', (_request, response) => {
      response.resume()
      resolve({ refused: `HTTP ${response.statusCode}` })
      socket.terminate()
    })
    socket.on('error', (error) => resolve({ refused: error.message }))
    socket.once('open', () => resolve(wireOver(socket, options)))
  })
}

function wireOver(socket: WebSocket, options: WireOptions): Wire {
  const print = options.print ?? ((frame: unknown[]) => JSON.stringify(frame))
  let waiting: { id: string; settle: (answer: Answer) => void } | null = null
  let turn: Promise<unknown> = Promise.resolve()

  socket.on('message', (data) => {
    const frame = readFrame(data.toString())
    if (!frame) return
    const [kind, id] = frame
    if (kind === 2) return void serve(id, String(frame[2]), frame[3] as Record<string, unknown>)
    if (waiting?.id !== id) return
    if (kind === 3)
      waiting.settle({ kind: 'result', payload: (frame[2] ?? {}) as Record<string, unknown> })
    if (kind === 4)
      waiting.settle({
        kind: 'error',
        code: String(frame[2]),
        description: frame[3],
        details: frame[4],
      })
  })

  const serve = async (id: string, action: string, payload: Record<string, unknown>) => {
    const { answer, afterwards } = await options.onCall(action, payload ?? {})
    if (answer !== 'none' && socket.readyState === WebSocket.OPEN) {
      const frame =
        'payload' in answer ? [3, id, answer.payload] : [4, id, answer.code, answer.description, {}]
      socket.send(print(frame))
    }
    afterwards?.()
  }

  const callNow = (action: string, payload: object): Promise<Answer> => {
    if (socket.readyState !== WebSocket.OPEN) return Promise.resolve({ kind: 'lost' })
    return new Promise((resolve) => {
      const id = options.messageId()
      const timer = setTimeout(() => {
        settle({ kind: 'lost' })
        socket.terminate()
      }, options.answerTimeoutMs)
      const settle = (answer: Answer) => {
        clearTimeout(timer)
        waiting = null
        resolve(answer)
      }
      waiting = { id, settle }
      socket.send(print([2, id, action, payload]))
    })
  }

  const closed = new Promise<{ code: number; reason: string }>((resolve) => {
    socket.once('close', (code, reason) => {
      waiting?.settle({ kind: 'lost' })
      resolve({ code, reason: reason.toString() })
    })
  })

  return {
    isOpen: () => socket.readyState === WebSocket.OPEN,
    call: (action, payload) => {
      const mine = turn.then(() => callNow(action, payload))
      turn = mine
      return mine
    },
    close: () => socket.close(1000),
    cut: () => socket.terminate(),
    closed,
  }
}

type Frame = [number, string, ...unknown[]]

function readFrame(text: string): Frame | null {
  try {
    const frame: unknown = JSON.parse(text)
    return Array.isArray(frame) && typeof frame[1] === 'string' ? (frame as Frame) : null
  } catch {
    return null
  }
}
