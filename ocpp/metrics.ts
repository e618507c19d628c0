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
  /** Values read when asked for: connections, queue lengths. */
  gauges: Map<string, { help: string; read: () => number }>
}

export function createMetrics(): Metrics {
  const names = Object.keys(counters) as CounterName[]
  const counts = Object.fromEntries(names.map((name) => [name, 0])) as Record<CounterName, number>
  return { counts, refused: new Map(), gauges: new Map() }
}

export function countRefusal(metrics: Metrics, cause: string): void {
  metrics.refused.set(cause, (metrics.refused.get(cause) ?? 0) + 1)
}

/** Prometheus text format 0.0.4. */
export function printMetrics(metrics: Metrics): string {
  const lines: string[] = []
  for (const key of Object.keys(counters) as CounterName[]) {
    const [name, help] = counters[key]
    lines.push(`# HELP ${name} ${help}`, `# TYPE ${name} counter`, `${name} ${metrics.counts[key]}`)
  }
  const refused = 'cpms_ocpp_refused_handshakes_total'
  lines.push(`# HELP ${refused} Handshakes refused, by cause`, `# TYPE ${refused} counter`)
  for (const [cause, count] of metrics.refused) lines.push(`${refused}{cause="${cause}"} ${count}`)
  for (const [name, { help, read }] of metrics.gauges)
    lines.push(`# HELP ${name} ${help}`, `# TYPE ${name} gauge`, `${name} ${read()}`)
  return `${lines.join('\n')}\n`
}
