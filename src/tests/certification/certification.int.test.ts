/** Each certification case for central systems by its id, against the real ocpp role; one charger for each. */
import { startChargerSide, type RunningChargerSide } from '../helpers/chargerSide'
import type { Case } from './case'
import { cases } from './cases'
import { plugIntoSide, type ChargePoint } from './chargePoint'

type Running = Extract<Case, { run: unknown }>
const running = cases.filter((one): one is Running => 'run' in one)

let side: RunningChargerSide
let cp: ChargePoint | undefined
let next = 0

beforeAll(async () => {
  side = await startChargerSide({ chargers: running.length, prefix: 'CERT' })
})
afterAll(() => side?.close())
afterEach(() => cp?.cut())

test.each(running.map((one) => [one.id, one.what, one] as const))(
  '%s_CSMS %s',
  async (_id, _what, { run }) => {
    cp = await plugIntoSide(side, next++)
    await run(cp)
  },
)

test('every case is here once, and what cannot be run says why', () => {
  expect(new Set(cases.map(({ id }) => id)).size).toBe(cases.length)
  for (const one of cases) if ('cannot' in one) expect(one.cannot).toMatch(/\w+ .*\.$/)
})
