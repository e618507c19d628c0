import { boundsOf, clusterSites, type PlacedSite } from './clusters'

const site = (
  id: number,
  latitude: number,
  longitude: number,
  ...statuses: string[]
): PlacedSite => ({
  id,
  name: `Site ${id}`,
  address: null,
  latitude,
  longitude,
  regionId: null,
  operatorId: null,
  chargers: statuses.map((status, i) => [id * 100 + i, status]),
})
const world = (zoom: number) => ({
  bounds: [-180, -85, 180, 85] as [number, number, number, number],
  zoom,
})

const leeds = site(1, 53.8, -1.55, 'Available', 'Charging')
const alsoLeeds = site(2, 53.81, -1.56, 'Available', 'Faulted')
const bristol = site(3, 51.45, -2.59, 'Available')

test('sites that would lie upon each other are one marker, as bad as the worst of them', () => {
  const far = clusterSites([leeds, alsoLeeds, bristol])(world(6))
  expect(far).toHaveLength(2)
  const cluster = far.find((one) => one.kind === 'cluster')
  expect(cluster).toMatchObject({
    sites: 2,
    total: 4,
    worst: 'Faulted',
    counts: { Available: 2, Charging: 1, Faulted: 1 },
  })
})

test('near enough, every site stands for itself', () => {
  const near = clusterSites([leeds, alsoLeeds, bristol])(world(13))
  expect(near.map((one) => one.key).sort()).toEqual(['site-1', 'site-2', 'site-3'])
  expect(near.find((one) => one.key === 'site-3')).toMatchObject({ worst: 'Available', total: 1 })
})

test('two sites at the very same place still come apart when one is near', () => {
  const same = clusterSites([site(4, 50, 0, 'Available'), site(5, 50, 0, 'Offline')])
  expect(same(world(16)).map((one) => one.kind)).toEqual(['site', 'site'])
})

test('what lies outside the view is not drawn', () => {
  const markers = clusterSites([leeds, bristol])({ bounds: [-2, 53, -1, 54], zoom: 10 })
  expect(markers.map((one) => one.key)).toEqual(['site-1'])
})

test('the view begins around everything one may see', () => {
  expect(boundsOf([leeds, bristol])).toEqual([-2.59, 51.45, -1.55, 53.8])
  expect(boundsOf([])).toBeNull()
})
