/** The short form of crash.fault.test.ts: a few chargers, two crashes each, in every run of the tests. */
import { crashUnderLoad } from './crashUnderLoad'

test.each(['ocpp', 'postgres'] as const)(
  'two crashes of %s under charging chargers lose nothing that was acknowledged',
  async (target) => {
    const report = await crashUnderLoad({ target, chargers: 20, crashes: 2, seed: 20 })
    expect(report.broken).toEqual([])
    expect(report.sessions).toBeGreaterThan(0)
  },
  120_000,
)
