import { proveChargers as prove } from '../../db/queries/proveChargers'
import type { JobDefinition } from '../job'

/** Longer than any charge lasts, and than a worker is away. */
const lookBackMs = 3 * 86_400_000

/** "Last proven working": online says that a charger answers, only a charge says that it charges. */
export const proveChargers: JobDefinition = {
  name: 'proveChargers',
  expression: '20 * * * * *',
  async run({ pool, now }) {
    const at = now()
    await prove(pool, { since: new Date(at.getTime() - lookBackMs), now: at })
  },
}
