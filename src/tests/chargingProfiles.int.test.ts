/** Charging profiles from the form to watts at the meter, with a real role and a charger that honours them. */
import { clearProfile, makeProfile } from '@/commands/chargingProfiles'
import { withTransaction } from '@/db/tx'
import { readCompositeSchedule } from '@/domain/chargingProfile'
import { followProfilesAt } from '@/jobs/definitions/followProfiles'
import { startChargerSide, type RunningChargerSide } from './helpers/chargerSide'
import { byRule, car, connectCharger, eventually, wish, workUntil } from './helpers/onCharger'

type Charger = Awaited<ReturnType<typeof connectCharger>>

let side: RunningChargerSide
let charger: Charger
let next = 0
const log = { info: () => {}, warn: () => {} }

beforeAll(async () => {
  side = await startChargerSide({ chargers: 10, prefix: 'PRF' })
})
afterAll(() => side?.close())
beforeEach(async () => {
  charger = await connectCharger(side, next++, { sampleSeconds: 1, speed: 1 })
})
afterEach(() => charger.end())

const follow = () => followProfilesAt({ pool: side.pool, now: () => new Date(), log: log as never })
const make = (body: object) =>
  withTransaction(side.pool, (sql) =>
    makeProfile(sql, { charger: charger.id, ...body }, { ...byRule, now: new Date() }),
  )
async function made(body: object): Promise<number> {
  const outcome = await make(body)
  if (outcome.kind !== 'profile') throw new Error(JSON.stringify(outcome))
  return outcome.id
}
type Row = { state: string; reason: string | null; transaction_id: string | null }
const read = async (id: number) =>
  (
    await side.pool.query<Row>(
      'select state, reason, transaction_id from charging_profiles where id = $1',
      [id],
    )
  ).rows[0]!
const becomes = (id: number, state: string) =>
  workUntil(
    follow,
    () => read(id),
    (row) => row.state === state,
  )
const limit = (watts: number) => [{ fromMinute: 0, limit: watts }]
async function charging() {
  const connector = charger.connectors[0]!
  await connector.plugIn(car)
  await connector.presentCard(charger.idTag)
  await eventually(
    async () => connector.powerW(),
    (watts) => watts > 10_000,
  )
  return connector
}

test('a limit of the whole charger makes the power fall, and clearing it lets it rise', async () => {
  const connector = await charging()
  const id = await made({ purpose: 'ChargePointMaxProfile', unit: 'W', periods: limit(3_700) })
  await becomes(id, 'accepted')
  await eventually(
    async () => connector.powerW(),
    (watts) => watts > 0 && watts <= 3_700,
  )
  const cleared = await withTransaction(side.pool, (sql) =>
    clearProfile(sql, id, { ...byRule, now: new Date() }),
  )
  expect(cleared.kind).toBe('profile')
  await becomes(id, 'cleared')
  await eventually(
    async () => connector.powerW(),
    (watts) => watts > 10_000,
  )
})

test('a limit of one charge ends with it; without a charge there is nothing to limit', async () => {
  const form = { purpose: 'TxProfile', connectorNumber: 1, unit: 'A', periods: limit(6) }
  expect(await make(form)).toMatchObject({ kind: 'refused', status: 409 })
  expect(
    (await side.pool.query('select from charging_profiles where charger_id = $1', [charger.id]))
      .rowCount,
  ).toBe(0)
  const connector = await charging()
  const id = await made(form)
  const row = await becomes(id, 'accepted')
  expect(Number(row.transaction_id)).toBe(connector.transaction()!.transactionId)
  await eventually(
    async () => connector.powerW(),
    (watts) => watts > 4_000 && watts <= 6 * 230 * 3,
  )
  await connector.unplug()
  expect((await becomes(id, 'cleared')).reason).toContain('over')
})

test('a later profile of the same place takes the place of the earlier one', async () => {
  const form = { purpose: 'TxDefaultProfile', connectorNumber: 1, unit: 'W' }
  const earlier = await made({ ...form, periods: limit(5_000) })
  await becomes(earlier, 'accepted')
  const later = await made({ ...form, periods: limit(4_000) })
  await becomes(later, 'accepted')
  await becomes(earlier, 'replaced')
  expect((await read(later)).state).toBe('accepted')
})

test('what the charger will not take is refused with its words, and a draft is sent to nobody', async () => {
  const form = { purpose: 'TxDefaultProfile', connectorNumber: 1, unit: 'W', periods: limit(5_000) }
  const refused = await made({ ...form, stackLevel: 99 })
  expect((await becomes(refused, 'refused')).reason).toContain('refused')
  const draft = await made({ ...form, send: false })
  expect((await read(draft)).state).toBe('draft')
  const { rows } = await side.pool.query('select command_id from charging_profiles where id = $1', [
    draft,
  ])
  expect(rows).toEqual([{ command_id: null }])
})

test('the composite schedule is the curve that the profiles make together', async () => {
  const id = await made({
    purpose: 'TxDefaultProfile',
    connectorNumber: 1,
    unit: 'W',
    recurrence: 'daily',
    periods: [
      { fromMinute: 0, limit: 11_000 },
      { fromMinute: 7 * 60, limit: 4_000 },
      { fromMinute: 22 * 60, limit: 11_000 },
    ],
  })
  await becomes(id, 'accepted')
  const command = await wish(side, charger.id, 'GetCompositeSchedule', {
    connectorId: 1,
    duration: 86_400,
    chargingRateUnit: 'W',
  })
  const { response } = await eventually(
    async () =>
      (
        await side.pool.query<{ response: string; is_final: boolean }>(
          'select response, is_final from commands where id = $1',
          [command],
        )
      ).rows[0]!,
    (row) => row.is_final,
  )
  const schedule = readCompositeSchedule(JSON.parse(response), {
    at: new Date(),
    durationSeconds: 86_400,
  })!
  expect(schedule.unit).toBe('W')
  expect(new Set(schedule.steps.map((step) => step.limit))).toEqual(new Set([11_000, 4_000]))
  // by the clock of the site, which in the tests is London
  const evening = schedule.steps.find((step, i) => i > 0 && step.limit === 11_000)!
  expect(
    new Date(evening.fromMs).toLocaleTimeString('en-GB', { timeZone: 'Europe/London' }),
  ).toMatch(/^22:0[01]/)
})
