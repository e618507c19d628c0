import type { BulkCharger } from '@/panel/bulkTargets'

import { count, plans, splitFor } from './plans'

const charger = (id: number, facts: Partial<BulkCharger> = {}): BulkCharger => ({
  id,
  name: `Bay ${id}`,
  siteId: 1,
  siteName: 'Leeds',
  status: 'Available',
  connected: true,
  sessions: 0,
  may: { reset: true, availability: true, configure: true, diagnose: true },
  ...facts,
})

test('what is sent in bulk names the people it touches and leaves out what one may not do', () => {
  const may = { reset: false, availability: true, configure: false, diagnose: true }
  const chargers = [
    charger(1, { sessions: 2 }),
    charger(2, { connected: false }),
    charger(3, { sessions: 5, may }),
  ]
  const hard = plans.find(({ key }) => key === 'hard')!
  expect(splitFor(hard, chargers)).toMatchObject({ offline: 1, people: 2 })
  expect(splitFor(hard, chargers).able.map(({ id }) => id)).toEqual([1, 2])
  expect(splitFor(hard, chargers).barred.map(({ id }) => id)).toEqual([3])
})

test('counts read as people say them', () => {
  expect(count(1, 'charger', 'chargers')).toBe('1 charger')
  expect(count(1200, 'charger', 'chargers')).toBe('1,200 chargers')
})
