import { survives } from './expectations'

test(
  'SEC-08: 5,000 hostile frames harm nobody and learn nothing',
  () => survives(5_000, 8),
  180_000,
)
