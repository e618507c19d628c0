/** The dashboard asks for nothing that the product does not tell. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { countRefusal, countServed, createMetrics, printMetrics } from '#ocpp/metrics'
import { takeTurn } from '@/jobs/cron'
import { workerFigures } from '@/main/workerFigures'
import { testDatabase } from './helpers/db'

type Dashboard = { panels: { title: string; targets: { expr: string }[] }[] }

test('every figure of docs/grafana.json is on one of the two pages', async () => {
  const database = await testDatabase()
  try {
    await database.pool.query(
      `insert into alerts (title, kind, severity, status) values ('A', 'offline', 'warning', 'open')`,
    )
    const ocpp = createMetrics()
    countRefusal(ocpp, 'wrong-password')
    countServed(ocpp, 'Heartbeat', 'result')
    ocpp.flushes.observe(0.01)
    ocpp.callsOut.observe(0.1, 'result')
    for (const name of ['cpms_ocpp_connected_chargers', 'cpms_ocpp_writer_waiting'])
      ocpp.gauges.set(name, { help: 'told by the role', read: () => 1 })
    const worker = workerFigures(database.pool, () => 1)
    const log = { info: () => {}, warn: () => {} }
    const context = { pool: database.pool, now: () => new Date(), log, onTurn: worker.onTurn }
    for (const [name, run] of [
      ['good', async () => {}],
      ['bad', () => Promise.reject(new Error('no'))],
    ] as const)
      await takeTurn({ name, expression: '* * * * * *', run }, new Date(), context)
    const told = (await printMetrics(ocpp)) + (await worker.page())

    const dashboard = JSON.parse(
      readFileSync(join(import.meta.dirname, '../../docs/grafana.json'), 'utf8'),
    ) as Dashboard
    const asked = dashboard.panels.flatMap(({ targets }) =>
      targets.flatMap(({ expr }) => expr.match(/\b(?:cpms|process)_[a-z_]+/g) ?? []),
    )
    expect(asked.length).toBeGreaterThan(15)
    for (const name of asked) expect(told).toMatch(new RegExp(`^${name}[ {]`, 'm'))
  } finally {
    await database.close()
  }
})
