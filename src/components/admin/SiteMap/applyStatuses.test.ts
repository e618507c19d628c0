import type { SiteMapRow } from '@/panel/siteMap'

import { applyStatuses, filterSites, noFilter } from './applyStatuses'

const site = (id: number, regionId: number, chargers: [number, string][]) => ({
  id,
  name: `Site ${id}`,
  address: null,
  latitude: 51,
  longitude: 0,
  regionId,
  operatorId: 7,
  chargers,
})
const map: SiteMapRow = {
  readAt: '2026-11-24T12:00:00Z',
  sites: [
    site(1, 1, [
      [11, 'Available'],
      [12, 'Charging'],
    ]),
    site(2, 2, [[21, 'Offline']]),
  ],
  regions: [],
  operators: [],
}

test('a charger that was heard of changes its site and leaves the others as they were', () => {
  const after = applyStatuses(map, new Map([[12, 'Faulted']]))
  expect(after.sites[0]?.chargers).toEqual([
    [11, 'Available'],
    [12, 'Faulted'],
  ])
  expect(after.sites[1]).toBe(map.sites[1])
})

test('what is known already, or of chargers elsewhere, changes nothing', () => {
  expect(
    applyStatuses(
      map,
      new Map([
        [11, 'Available'],
        [99, 'Faulted'],
      ]),
    ),
  ).toBe(map)
})

test('a filter by status keeps the chargers that have it', () => {
  expect(filterSites(map.sites, { ...noFilter, status: 'Charging' })).toEqual([
    { ...map.sites[0], chargers: [[12, 'Charging']] },
  ])
  expect(filterSites(map.sites, { ...noFilter, region: '2' })).toEqual([map.sites[1]])
  expect(filterSites(map.sites, { ...noFilter, operator: '8' })).toEqual([])
})
