/**
 * One log per process: JSON lines, or readable lines on a terminal. Secrets are masked by the name of their key and
 * inside addresses, whatever depth they lie at; control characters cannot forge a line (SEC-40, SEC-45).
 */
import { pino, type DestinationStream, type Logger } from 'pino'

import { readLogLevel, type LogLevel } from './env'
import { masked } from './mask'
import { outliveReader } from './outliveReader'

export type Log = Logger

/** The log of this process. `logFor('ocpp')` names who speaks. */
export const log: Log = createLog({
  level: readLogLevel(process.env),
  isReadable: Boolean(process.stdout.isTTY),
})

outliveReader()

export function logFor(room: string): Log {
  return log.child({ room })
}

export function createLog(options: {
  level: LogLevel
  isReadable: boolean
  write?: (line: string) => void
}): Log {
  const write = options.write ?? ((line: string) => void process.stdout.write(line))
  const stream: DestinationStream = {
    write: (line) => write(options.isReadable ? readable(line) : line),
  }
  return pino(
    {
      level: options.level,
      base: { pid: process.pid },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: {
        level: (label) => ({ level: label }),
        log: (fields) => masked(fields) as Record<string, unknown>,
      },
      hooks: {
        logMethod(args, method) {
          const safe = args.map((arg) => (typeof arg === 'string' ? (masked(arg) as string) : arg))
          method.apply(this, safe as typeof args)
        },
      },
      serializers: { err: (value: unknown) => value },
    },
    stream,
  )
}

/** `10:24:31 warn  ocpp   charger refused  identity=KP-07`, with a stack below where there is one. */
export function readable(line: string): string {
  const { time, level, room, msg, err, ...others } = JSON.parse(line) as Record<string, unknown>
  const at = new Date(String(time)).toTimeString().slice(0, 8)
  const fields = Object.entries(others)
    .filter(([key]) => key !== 'pid')
    .map(([key, value]) => `${key}=${shown(value)}`)
  const head = [
    at,
    String(level).padEnd(5),
    String(room ?? '').padEnd(7),
    oneLine(String(msg ?? '')),
  ]
  const stack = isRecord(err) ? String(err.stack ?? err.message ?? '') : ''
  const below = stack
    .split('\n')
    .filter(Boolean)
    .map((entry) => `    ${oneLine(entry)}\n`)
  return `${[...head, ...fields].join(' ')}\n${below.join('')}`
}

function shown(value: unknown): string {
  return oneLine(typeof value === 'string' ? value : JSON.stringify(value))
}

function oneLine(text: string): string {
  // eslint-disable-next-line no-control-regex -- control characters are what is looked for
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g, '·')
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
