/**
 * `npm run demo`: a demo network in the United Kingdom beside the running product: sites, chargers, drivers, cards,
 * tariffs and ninety days of sessions, written once, and simulated chargers that are really connected. A second start
 * adds nothing twice; it connects the chargers again.
 */
import { createHmac } from 'node:crypto'
import { createPool } from '@/db/pool'
import { env, type Env } from '@/platform/env'
import { runRole, type RunningRole } from '@/platform/runRole'
import { startLive } from './demoLive'
import { writeDemo } from './demoWrite'

const STATEMENT_MS = 60_000

const say = (text: string) => process.stdout.write(`demo  ${text}\n`)

/** Where the chargers of this machine connect, whatever the world is told. */
function chargerUrl(settings: Env): string {
  if (settings.ocppTls) return settings.ocppPublicUrl
  const host = settings.host === '0.0.0.0' || settings.host === '::' ? '127.0.0.1' : settings.host
  return `ws://${host}:${settings.ocppPort}/ocpp`
}

async function start(): Promise<RunningRole> {
  const settings = env()
  const { chargerKey } = settings
  // Made anew from the server's key each time, so that no secret is kept anywhere.
  const passwordOf = (identity: string) =>
    createHmac('sha256', chargerKey).update(`demo/${identity}`).digest('hex').slice(0, 40)
  const pool = createPool(settings.databaseUrl, {
    name: 'cpms-demo',
    max: 2,
    statementTimeoutMs: STATEMENT_MS,
  })
  const written = await writeDemo(pool, { passwordOf, chargerKey, now: new Date(), say })
  if (written) {
    const pounds = Math.round(written.costMinor / 100).toLocaleString('en-GB')
    const kwh = Math.round(written.energyWh / 1000).toLocaleString('en-GB')
    say(`${written.sessions} sessions, ${kwh} kWh, £${pounds}, each priced as the product prices`)
    say(
      `a report shared with people who have no login: ${settings.publicUrl}/shared/${written.shareKey}`,
    )
    await pool.query('analyze')
  } else say('the network is there already; nothing is added')
  const live = await startLive(pool, chargerUrl(settings), passwordOf)
  await pool.end()
  say(
    `${live.fleet.chargers.length} chargers connect; one is broken, one out of service, one offline, one was never connected`,
  )
  return { stop: live.stop }
}

runRole('demo', start, { drainMs: 5_000 })
