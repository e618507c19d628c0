/** In full, with another seed each time: `npm run test:fault`. CPMS_FAULT_SEED repeats a run. */
import { survives } from './expectations'

const seed = Number(process.env.CPMS_FAULT_SEED ?? Date.now() % 1_000_000)

test(
  'SEC-08: 100,000 hostile frames harm nobody and learn nothing',
  () => survives(100_000, seed),
  900_000,
)
