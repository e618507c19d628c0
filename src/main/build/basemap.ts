/**
 * Makes the map's default background from Natural Earth (world-atlas, public domain): `node src/main/run.mjs src/main/build/basemap.ts`. The
 * United Kingdom and its neighbours by sea in 1:10 million, so that a town's coast is where people know it; Europe in
 * 1:50 million, far countries with fewer points. One file, committed, so that the map needs no tile server.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { feature } from 'topojson-client'
import type { GeometryCollection, Topology } from 'topojson-specification'

import { projectRoot } from '../project'

type Countries = Topology<{ countries: GeometryCollection<{ name: string }> }>
type Point = [number, number]
type Ring = readonly (readonly number[])[]

const target = 'src/components/admin/SiteMap/basemap.geo.json'
const fine = new Set(['United Kingdom', 'Ireland', 'Isle of Man', 'Jersey', 'Guernsey'])
const left = new Set(['Antarctica'])
/** Outside Europe a point nearer than this to the one before is left out, an island smaller than this is too. */
const farDegrees = 0.18

const isEurope = ([x, y]: readonly number[]) => x! > -25 && x! < 45 && y! > 34 && y! < 72

function read(scale: '10m' | '50m'): Countries {
  const file = join(projectRoot, `node_modules/world-atlas/countries-${scale}.json`)
  return JSON.parse(readFileSync(file, 'utf8')) as Countries
}

/** Thins the arcs, which neighbours share, and not the countries: no gap opens along a border. */
function thinned(atlas: Countries): Countries {
  const { scale = [1, 1], translate = [0, 0] } = atlas.transform ?? {}
  const arcs = atlas.arcs.map((arc) => {
    let x = 0
    let y = 0
    const points = arc.map(([dx = 0, dy = 0]): Point => {
      x += dx
      y += dy
      return [x * scale[0] + translate[0], y * scale[1] + translate[1]]
    })
    return points.reduce<Point[]>((kept, point, i) => {
      const before = kept.at(-1)
      const isEnd = i === 0 || i === points.length - 1
      const distance = before ? Math.hypot(point[0] - before[0], point[1] - before[1]) : Infinity
      if (isEnd || distance > (isEurope(point) ? 0.01 : farDegrees)) kept.push(point)
      return kept
    }, [])
  })
  const { transform: _transform, ...rest } = atlas
  return { ...rest, arcs }
}

function countries(atlas: Countries, digits: number, isWanted: (name: string) => boolean) {
  return feature(atlas, atlas.objects.countries).features.flatMap(({ geometry, properties }) => {
    if (!isWanted(properties.name)) return []
    if (geometry.type === 'Polygon') return [rounded([geometry.coordinates], digits)]
    return geometry.type === 'MultiPolygon' ? [rounded(geometry.coordinates, digits)] : []
  })
}

function rounded(parts: Ring[][], digits: number): Ring[][] {
  const round = (value = 0) => Number(value.toFixed(digits))
  return parts
    .filter((rings) => isLarge(rings[0] ?? []))
    .map((rings) => rings.map((ring) => ring.map(([x, y]) => [round(x), round(y)])))
}

function isLarge(ring: Ring): boolean {
  if (ring.some(isEurope)) return ring.length >= 4
  const size = (axis: 0 | 1) => {
    const all = ring.map((point) => point[axis] ?? 0)
    return Math.max(...all) - Math.min(...all)
  }
  return ring.length >= 4 && Math.max(size(0), size(1)) > 2 * farDegrees
}

const shapes = [
  ...countries(thinned(read('50m')), 2, (name) => !fine.has(name) && !left.has(name)),
  ...countries(read('10m'), 3, (name) => fine.has(name)),
]
const text = JSON.stringify({
  type: 'FeatureCollection',
  features: shapes.map((coordinates) => ({
    type: 'Feature',
    properties: {},
    geometry: { type: 'MultiPolygon', coordinates },
  })),
})
writeFileSync(join(projectRoot, target), `${text}\n`)
process.stdout.write(
  `${target}: ${shapes.length} countries, ${Math.round(text.length / 1000)} kB\n`,
)
