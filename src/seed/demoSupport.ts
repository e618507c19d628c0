/** What a network has besides chargers: alerts of the last month, most of them long closed, and a few tickets. */
import { randomStream } from '#ocpp/sim/random'
import type { Sql } from '@/db/pool'
import { keyOf, wordsOf, wordsOfReport, type IncidentKind, type Words } from '@/domain/incident'
import type { PlacedCharger, PlacedNetwork } from './demoInsert'

const minuteMs = 60_000
const dayMs = 86_400_000

export async function insertSupport(sql: Sql, network: PlacedNetwork, now: Date): Promise<void> {
  const { rows } = await sql.query<{ id: number }>('select id from users order by id limit 1')
  const userId = rows[0]?.id ?? null
  await insertPastAlerts(sql, network, now)
  const openAlert = await insertOpenAlerts(sql, network, now, userId)
  await insertTickets(sql, network, { now, userId, alertId: openAlert })
}

type PastKind = { words: Words; minutes: readonly [number, number]; hasConnector: boolean }

const past: readonly PastKind[] = [
  { words: wordsOf('offline', 'offline'), minutes: [3, 55], hasConnector: false },
  { words: wordsOf('offline', 'offline'), minutes: [2, 20], hasConnector: false },
  { words: wordsOf('flapping', 'flapping'), minutes: [35, 120], hasConnector: false },
  { words: reported('ConnectorLockFailure'), minutes: [2, 40], hasConnector: true },
  { words: reported('HighTemperature'), minutes: [10, 90], hasConnector: true },
  { words: reported('ReaderFailure'), minutes: [4, 200], hasConnector: true },
  { words: wordsOf('no-energy', 'no-energy'), minutes: [6, 50], hasConnector: true },
  { words: wordsOf('connector-stuck', 'connector-stuck'), minutes: [20, 300], hasConnector: true },
]

function reported(errorCode: string): Words {
  const report = { status: 'Faulted', errorCode, vendorErrorCode: null, info: null }
  return wordsOfReport(report) ?? wordsOf('faulted', 'fault')
}

async function insertPastAlerts(sql: Sql, network: PlacedNetwork, now: Date): Promise<void> {
  const random = randomStream(90, 'alerts')
  for (let i = 0; i < 46; i++) {
    const { words, minutes, hasConnector } = random.pick(past)
    const charger = random.pick(network.chargers)
    const beganMs = now.getTime() - random.between(0.3, 30) * dayMs
    await insertAlert(sql, {
      charger,
      words,
      connector: hasConnector ? random.pick(charger.connectors).number : null,
      beganMs,
      resolvedMs: beganMs + random.between(...minutes) * minuteMs,
      count: random.chance(0.3) ? random.whole(2, 9) : 1,
    })
  }
}

/** One that waits for a person: nothing closes it by itself. */
async function insertOpenAlerts(
  sql: Sql,
  network: PlacedNetwork,
  now: Date,
  userId: number | null,
): Promise<number> {
  const [charger] = network.chargers
  const id = await insertAlert(sql, {
    charger: charger!,
    words: wordsOf('meter-implausible', 'meter-implausible'),
    connector: null,
    beganMs: now.getTime() - 7 * 60 * minuteMs,
    resolvedMs: null,
    count: 2,
  })
  if (userId === null) return id
  await sql.query(
    `update alerts set status = 'acknowledged', acknowledged_at = $2, acknowledged_by_id = $3, assigned_to_id = $3
      where id = $1`,
    [id, new Date(now.getTime() - 5 * 60 * minuteMs), userId],
  )
  for (const [minutesAgo, action, note] of [
    [300, 'acknowledged', null],
    [240, 'note', 'The meter was read on site and agrees. Waiting for the maker.'],
  ] as const)
    await sql.query(
      'insert into telemetry.alert_log (alert_id, at, user_id, action, note) values ($1, $2, $3, $4, $5)',
      [id, new Date(now.getTime() - minutesAgo * minuteMs), userId, action, note],
    )
  return id
}

async function insertAlert(
  sql: Sql,
  alert: {
    charger: PlacedCharger
    words: Words
    connector: number | null
    beganMs: number
    resolvedMs: number | null
    count: number
  },
): Promise<number> {
  const { charger, words, connector, beganMs, resolvedMs } = alert
  const lastMs = alert.count > 1 && resolvedMs ? (beganMs + resolvedMs) / 2 : beganMs
  const kind: IncidentKind = words.kind
  const { rows } = await sql.query<{ id: number }>(
    `insert into alerts (title, sentence, steps, kind, family, severity, status, charger_id, site_id, connector_id, count,
                         first_at, last_at, resolved_at, auto_resolved, key, evidence, created_at, updated_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12::timestamptz, $13::timestamptz, $14::timestamptz, $15, $16, $17, $12::timestamptz, coalesce($14::timestamptz, $13::timestamptz))
     returning id`,
    [
      words.title,
      words.sentence,
      JSON.stringify(words.steps),
      kind,
      words.family,
      words.severity,
      resolvedMs === null ? 'open' : 'resolved',
      charger.id,
      charger.siteId,
      connector,
      alert.count,
      new Date(beganMs),
      new Date(lastMs),
      resolvedMs === null ? null : new Date(resolvedMs),
      resolvedMs !== null,
      keyOf(charger.id, kind, connector ?? undefined),
      JSON.stringify({ sinceMs: Math.round(beganMs) }),
    ],
  )
  return rows[0]!.id
}

type DemoTicket = {
  subject: string
  said: string
  status: 'open' | 'waiting' | 'resolved'
  priority: 'low' | 'normal' | 'high'
  charger: number
  hoursAgo: number
  hasAlert?: boolean
  replies: readonly { said: string; hoursAgo: number; isInternal?: boolean }[]
}

const tickets: readonly DemoTicket[] = [
  {
    subject: 'Two bills do not match what the car shows',
    said: 'My car says 18 kWh were charged, the bill says 31 kWh. It was the same last week.',
    status: 'open',
    priority: 'high',
    charger: 0,
    hoursAgo: 6,
    hasAlert: true,
    replies: [
      {
        said: 'The readings of this meter do not fit since yesterday, see the alert. Do not bill these two.',
        hoursAgo: 5,
        isInternal: true,
      },
    ],
  },
  {
    subject: 'Cable is stuck in bay 4',
    said: 'I stopped the charge by the app but the plug does not come out.',
    status: 'waiting',
    priority: 'normal',
    charger: 3,
    hoursAgo: 27,
    replies: [
      {
        said: 'The connector was unlocked from here just now. Please push the plug in once and pull again.',
        hoursAgo: 26,
      },
    ],
  },
  {
    subject: 'Please add our second company card',
    said: 'We have a new van. Can its card be added for the car park?',
    status: 'resolved',
    priority: 'low',
    charger: 9,
    hoursAgo: 74,
    replies: [{ said: 'Added. It works from now on.', hoursAgo: 70 }],
  },
]

async function insertTickets(
  sql: Sql,
  network: PlacedNetwork,
  of: { now: Date; userId: number | null; alertId: number },
): Promise<void> {
  const drivers = await sql.query<{ id: number }>('select id from drivers order by id limit 3')
  const ago = (hours: number) => new Date(of.now.getTime() - hours * 60 * minuteMs)
  for (const [i, ticket] of tickets.entries()) {
    const charger = network.chargers[ticket.charger] ?? network.chargers[0]!
    const { rows } = await sql.query<{ id: number }>(
      `insert into tickets (number, subject, body, status, priority, charger_id, site_id, alert_id, driver_id,
                            assigned_to_id, created_at, updated_at)
       values (nextval('telemetry.ticket_numbers'), $1, $2, $3::enum_tickets_status, $4::enum_tickets_priority, $5, $6, $7,
               $8, $9, $10, $10) returning id`,
      [
        ticket.subject,
        JSON.stringify(richText(ticket.said)),
        ticket.status,
        ticket.priority,
        charger.id,
        charger.siteId,
        ticket.hasAlert ? of.alertId : null,
        drivers.rows[i]?.id ?? null,
        ticket.status === 'resolved' ? null : of.userId,
        ago(ticket.hoursAgo),
      ],
    )
    for (const reply of ticket.replies)
      await sql.query(
        `insert into ticket_replies (ticket_id, author_id, body, internal, created_at, updated_at)
         values ($1, $2, $3, $4, $5, $5)`,
        [
          rows[0]!.id,
          of.userId,
          JSON.stringify(richText(reply.said)),
          reply.isInternal ?? false,
          ago(reply.hoursAgo),
        ],
      )
  }
}

/** One paragraph as the editor keeps it. */
function richText(text: string): object {
  const block = { format: '', indent: 0, version: 1, direction: 'ltr' }
  const words = { type: 'text', text, format: 0, detail: 0, mode: 'normal', style: '', version: 1 }
  const paragraph = { ...block, type: 'paragraph', textFormat: 0, textStyle: '', children: [words] }
  return { root: { ...block, type: 'root', children: [paragraph] } }
}
