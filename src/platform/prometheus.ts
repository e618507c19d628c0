/**
 * Figures of a process as Prometheus text (format 0.0.4). Written here rather than taken from a library: it is a page of
 * plain numbers, and the charger path may pay no more than an addition for one. No identity, address or person is ever a
 * label: what a label can be is a list in the code.
 */

export type Sample = { labels?: Record<string, string>; value: number }

export type Family = {
  /** In the base unit, which its name ends with: `_seconds`, `_bytes`, `_total` for a counter. */
  name: string
  help: string
  type: 'counter' | 'gauge'
  read(): Sample[] | Promise<Sample[]>
}

export type Histogram = {
  name: string
  help: string
  type: 'histogram'
  observe(seconds: number, label?: string): void
  lines(): string[]
}

const escaped = (text: string) =>
  text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')

const labelled = (labels: Record<string, string>): string => {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escaped(value)}"`)
  return pairs.length > 0 ? `{${pairs.join(',')}}` : ''
}

/** 1 ms to 10 s: what a commit, an answer and a job take. */
const bounds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

/** `createHistogram`: `label` names what `observe` may tell apart. */
export function createHistogram(name: string, help: string, label?: string): Histogram {
  const series = new Map<string, { buckets: number[]; sum: number; count: number }>()
  return {
    name,
    help,
    type: 'histogram',
    observe(seconds, value = '') {
      let one = series.get(value)
      if (!one) series.set(value, (one = { buckets: bounds.map(() => 0), sum: 0, count: 0 }))
      one.sum += seconds
      one.count += 1
      const bucket = bounds.findIndex((bound) => seconds <= bound)
      if (bucket >= 0) one.buckets[bucket]! += 1
    },
    lines() {
      return [...series].flatMap(([value, { buckets, sum, count }]) => {
        const own = label ? { [label]: value } : {}
        let below = 0
        return [
          ...bounds.map((bound, i) => {
            below += buckets[i]!
            return `${name}_bucket${labelled({ ...own, le: String(bound) })} ${below}`
          }),
          `${name}_bucket${labelled({ ...own, le: '+Inf' })} ${count}`,
          `${name}_sum${labelled(own)} ${sum}`,
          `${name}_count${labelled(own)} ${count}`,
        ]
      })
    },
  }
}

/** `printFamilies`: the page. A family that cannot be read (the database is down) is left out. */
export async function printFamilies(families: readonly (Family | Histogram)[]): Promise<string> {
  const printed = await Promise.all(
    families.map(async (family) => {
      const { name, help, type } = family
      const lines =
        'lines' in family
          ? family.lines()
          : await Promise.resolve(family.read()).then(
              (samples) =>
                samples.map(({ labels = {}, value }) => `${name}${labelled(labels)} ${value}`),
              () => [],
            )
      return lines.length > 0 ? [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`, ...lines] : []
    }),
  )
  return `${printed.flat().join('\n')}\n`
}

/** What every process can say of itself. */
export function processFamilies(): Family[] {
  const startedAt = Date.now() / 1000 - process.uptime()
  return [
    {
      name: 'process_resident_memory_bytes',
      help: 'Resident memory',
      type: 'gauge',
      read: () => [{ value: process.memoryUsage.rss() }],
    },
    {
      name: 'process_cpu_seconds_total',
      help: 'CPU time, user and system',
      type: 'counter',
      read: () => {
        const { user, system } = process.cpuUsage()
        return [{ value: (user + system) / 1e6 }]
      },
    },
    {
      name: 'process_start_time_seconds',
      help: 'When the process began, seconds since 1970',
      type: 'gauge',
      read: () => [{ value: startedAt }],
    },
  ]
}

/**
 * `mayReadMetrics`: figures are for this machine, or for whoever shows the token. A request that came through a proxy is
 * from outside whatever its peer address says.
 */
export function mayReadMetrics(
  request: { remoteAddress: string | undefined; headers: Record<string, unknown> },
  token: string | null,
): boolean {
  const { remoteAddress = '', headers } = request
  if (token !== null) return headers.authorization === `Bearer ${token}`
  const isForwarded = 'x-forwarded-for' in headers || 'forwarded' in headers
  return !isForwarded && /^(::ffff:)?127\.|^::1$/.test(remoteAddress)
}
