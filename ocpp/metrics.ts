import {
  createHistogram,
  printFamilies,
  processFamilies,
  type Family,
  type Histogram,
} from '@/platform/prometheus'

/**
 * The counters of this process, printed as Prometheus text for `/metrics`. Plain numbers: counting a frame costs one
 * addition. No identity and no address ever becomes a label.
 */
const counters = {
  framesIn: ['cpms_ocpp_frames_in_total', 'Frames received'],
  framesOut: ['cpms_ocpp_frames_out_total', 'Frames sent'],
  callsIn: ['cpms_ocpp_calls_in_total', 'Calls of chargers that were served'],
  callErrors: ['cpms_ocpp_call_errors_total', 'Calls of chargers answered with CALLERROR'],
  replays: ['cpms_ocpp_replays_total', 'Repeated calls answered from memory or joined'],
  throttled: [
    'cpms_ocpp_throttled_total',
    'Calls delayed or refused because a charger sent too many',
  ],
  unreadable: ['cpms_ocpp_unreadable_frames_total', 'Frames that are no OCPP-J message'],
  strays: ['cpms_ocpp_stray_answers_total', 'Answers to no call of ours, or too late'],
  callsOut: ['cpms_ocpp_calls_out_total', 'Calls to chargers'],
  callTimeouts: ['cpms_ocpp_call_timeouts_total', 'Calls to chargers without an answer in time'],
  accepted: ['cpms_ocpp_connections_total', 'Chargers connected since the start'],
  replaced: ['cpms_ocpp_replaced_connections_total', 'Connections ended by a newer one'],
  dead: ['cpms_ocpp_dead_connections_total', 'Connections ended for silence'],
  slow: ['cpms_ocpp_slow_connections_total', 'Connections ended because the charger did not read'],
} as const

export type CounterName = keyof typeof counters

export type Metrics = {
  counts: Record<CounterName, number>
  /** Refused handshakes by cause. */
  refused: Map<string, number>
  /** Calls of chargers by action and kind of answer. */
  served: Map<string, { result: number; error: number }>
  /** Values read when asked for: connections, queue lengths. */
  gauges: Map<string, { help: string; read: () => number }>
  /** From the first statement of a flush to its COMMIT. */
  flushes: Histogram
  /** From a call of ours to what came of it. */
  callsOut: Histogram
}

export function createMetrics(): Metrics {
  const names = Object.keys(counters) as CounterName[]
  const counts = Object.fromEntries(names.map((name) => [name, 0])) as Record<CounterName, number>
  return {
    counts,
    refused: new Map(),
    served: new Map(),
    gauges: new Map(),
    flushes: createHistogram(
      'cpms_ocpp_flush_seconds',
      'From the first statement of a flush to its COMMIT',
    ),
    callsOut: createHistogram(
      'cpms_ocpp_call_out_seconds',
      'From a call to a charger to what came of it',
      'outcome',
    ),
  }
}

export function countRefusal(metrics: Metrics, cause: string): void {
  metrics.refused.set(cause, (metrics.refused.get(cause) ?? 0) + 1)
}

/** `action` is one of the version's own, or `other`: what chargers make up is no label. */
export function countServed(metrics: Metrics, action: string, answer: 'result' | 'error'): void {
  let counts = metrics.served.get(action)
  if (!counts) metrics.served.set(action, (counts = { result: 0, error: 0 }))
  counts[answer] += 1
}

export function printMetrics(metrics: Metrics): Promise<string> {
  const counted = (Object.keys(counters) as CounterName[]).map((key): Family => {
    const [name, help] = counters[key]
    return { name, help, type: 'counter', read: () => [{ value: metrics.counts[key] }] }
  })
  const gauges = [...metrics.gauges].map(([name, { help, read }]): Family => ({
    name,
    help,
    type: 'gauge',
    read: () => [{ value: read() }],
  }))
  return printFamilies([
    ...counted,
    {
      name: 'cpms_ocpp_refused_handshakes_total',
      help: 'Handshakes refused, by cause',
      type: 'counter',
      read: () => [...metrics.refused].map(([cause, value]) => ({ labels: { cause }, value })),
    },
    {
      name: 'cpms_ocpp_served_calls_total',
      help: 'Calls of chargers, by action and kind of answer',
      type: 'counter',
      read: () =>
        [...metrics.served].flatMap(([action, counts]) =>
          (['result', 'error'] as const).map((answer) => ({
            labels: { action, answer },
            value: counts[answer],
          })),
        ),
    },
    ...gauges,
    metrics.flushes,
    metrics.callsOut,
    ...processFamilies(),
  ])
}
