/**
 * `node --conditions=production src/main/run.mjs src/bench/appMap.ts [--sites 10000] [--rounds 200]`
 * The drivers' map over a country: a Postgres of its own with so many sites of two chargers with two connectors each, half
 * of them asked about with filters, statuses moving all the while; prints p50 and p95 of the whole answer of the API.
 */
import { parseArgs } from 'node:util'

import { createApp } from '@/api'
import { createTestbed } from './testbed'

const { values } = parseArgs({
  options: {
    sites: { type: 'string', default: '10000' },
    rounds: { type: 'string', default: '200' },
  },
})
const sites = Number(values.sites)
const rounds = Number(values.rounds)
const goalMs = 100

const fill = `
insert into sites (name, timezone, latitude, longitude)
  select 'Site ' || n, 'Europe/London', 50 + random() * 8, -5 + random() * 6 from generate_series(1, ${sites}) n;
insert into charger_states (status, connected) select 'Available', true from generate_series(1, ${sites * 2});
insert into chargers (state_id, name, identity, site_id, visibility)
  select st.id, 'M' || st.id, 'M' || st.id, si.id, (case when st.id % 20 = 0 then 'private' else 'public' end)::enum_chargers_visibility
    from (select id, row_number() over (order by id) n from charger_states st where not exists (select from chargers where state_id = st.id)) st
    join (select id, row_number() over (order by id) n from sites where name like 'Site %') si on si.n = (st.n + 1) / 2;
insert into connector_states (status, error_code, status_since)
  select (array['Available', 'Charging', 'Faulted'])[1 + n % 3], 'NoError', now() from generate_series(1, ${sites * 4}) n;
insert into connectors (charger_id, connector_id, state_id, standard, max_power_w)
  select ch.id, 1 + cs.n % 2, cs.id, (array['Type 2', 'CCS', 'CHAdeMO'])[1 + cs.n % 3], (array[7400, 22000, 50000, 150000])[1 + cs.n % 4]
    from (select id, row_number() over (order by id) n from connector_states cs where not exists (select from connectors where state_id = cs.id)) cs
    join (select id, row_number() over (order by id) n from chargers where identity ~ '^M[0-9]') ch on ch.n = (cs.n + 1) / 2;
analyze;`

const asked = {
  'the country': '/locations?bbox=-6,49,2,59&zoom=6',
  'the country, free rapid chargers':
    '/locations?bbox=-6,49,2,59&zoom=6&availableNow=true&connector=CCS&minPowerKw=50',
  'a county': '/locations?bbox=-1.5,52,-0.5,53&zoom=9',
  'a town': '/locations?bbox=-1.55,52.5,-1.4,52.6&zoom=12',
  'around a point': '/locations?near=52.5,-1.5&radiusM=20000',
}

const percentile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0

const testbed = await createTestbed({ chargers: 1, prefix: 'MAP' })
let isOver = false
try {
  await testbed.pool.query(fill)
  const answer = createApp({ pool: testbed.pool, perSecond: 1e6 })
  const ask = async (path: string) => {
    const response = await answer(new Request(`http://localhost/api/app/v1${path}`))
    if (response.status !== 200) throw new Error(await response.text())
    await response.text()
  }
  const moving = (async () => {
    while (!isOver) {
      await testbed.pool.query(
        `update connector_states set status = 'Available', status_since = now() where id in (select 1 + floor(random() * ${sites * 4}) from generate_series(1, 20))`,
      )
      await new Promise((done) => setTimeout(done, 100))
    }
  })()
  await ask(asked['the country'])
  let isSlow = false
  for (const [what, path] of Object.entries(asked)) {
    const tookMs: number[] = []
    for (let n = 0; n < rounds; n++) {
      const startedAt = performance.now()
      await ask(path)
      tookMs.push(performance.now() - startedAt)
    }
    tookMs.sort((a, b) => a - b)
    const [p50, p95] = [percentile(tookMs, 0.5), percentile(tookMs, 0.95)]
    if (p95 > goalMs) isSlow = true
    process.stdout.write(
      `${what.padEnd(34)} p50 ${p50.toFixed(0).padStart(5)} ms   p95 ${p95.toFixed(0).padStart(5)} ms\n`,
    )
  }
  isOver = true
  await moving
  if (isSlow) process.exitCode = 1
} finally {
  isOver = true
  await testbed.close()
}
