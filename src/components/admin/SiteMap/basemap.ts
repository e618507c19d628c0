import type { StyleSpecification } from 'maplibre-gl'

/** Land and borders from a file of our own: no tile server, no fonts and no sprites are asked for. */
const landUrl = new URL('./basemap.geo.json', import.meta.url).href

type Colours = { water: string; land: string; border: string; town: string; halo: string }

const colours: Readonly<Record<'light' | 'dark', Colours>> = {
  light: { water: '#dde7ee', land: '#f7f7f4', border: '#c3c9ce', town: '#5b636b', halo: '#f7f7f4' },
  dark: { water: '#171c21', land: '#262b30', border: '#434a52', town: '#9aa3ab', halo: '#262b30' },
}

/** Rank 1 is shown from afar; each next one from a zoom nearer. */
const towns: readonly [name: string, longitude: number, latitude: number, rank: number][] = [
  ['London', -0.13, 51.51, 1],
  ['Edinburgh', -3.19, 55.95, 1],
  ['Dublin', -6.26, 53.35, 1],
  ['Belfast', -5.93, 54.6, 1],
  ['Cardiff', -3.18, 51.48, 1],
  ['Paris', 2.35, 48.86, 1],
  ['Brussels', 4.35, 50.85, 1],
  ['Amsterdam', 4.9, 52.37, 1],
  ['Berlin', 13.4, 52.52, 1],
  ['Madrid', -3.7, 40.42, 1],
  ['Rome', 12.5, 41.9, 1],
  ['Oslo', 10.75, 59.91, 1],
  ['Copenhagen', 12.57, 55.68, 1],
  ['Stockholm', 18.07, 59.33, 1],
  ['Lisbon', -9.14, 38.72, 1],
  ['Vienna', 16.37, 48.21, 1],
  ['Warsaw', 21.01, 52.23, 1],
  ['Athens', 23.73, 37.98, 1],
  ['Istanbul', 28.98, 41.01, 1],
  ['Abu Dhabi', 54.37, 24.45, 1],
  ['Dubai', 55.27, 25.2, 1],
  ['Doha', 51.53, 25.29, 1],
  ['Riyadh', 46.68, 24.71, 1],
  ['New York', -74.0, 40.71, 1],
  ['Birmingham', -1.89, 52.48, 2],
  ['Manchester', -2.24, 53.48, 2],
  ['Glasgow', -4.25, 55.86, 2],
  ['Leeds', -1.55, 53.8, 2],
  ['Bristol', -2.59, 51.45, 2],
  ['Newcastle', -1.61, 54.98, 2],
  ['Liverpool', -2.99, 53.41, 2],
  ['Aberdeen', -2.09, 57.15, 2],
  ['Cork', -8.47, 51.9, 2],
  ['Sheffield', -1.47, 53.38, 3],
  ['Nottingham', -1.15, 52.95, 3],
  ['Leicester', -1.13, 52.64, 3],
  ['Norwich', 1.3, 52.63, 3],
  ['Plymouth', -4.14, 50.38, 3],
  ['Southampton', -1.4, 50.91, 3],
  ['Brighton', -0.14, 50.82, 3],
  ['Cambridge', 0.12, 52.21, 3],
  ['Oxford', -1.26, 51.75, 3],
  ['Exeter', -3.53, 50.72, 3],
  ['York', -1.08, 53.96, 3],
  ['Hull', -0.34, 53.74, 3],
  ['Swansea', -3.94, 51.62, 3],
  ['Inverness', -4.22, 57.48, 3],
  ['Dundee', -2.97, 56.46, 3],
  ['Derry', -7.31, 55.0, 3],
  ['Galway', -9.05, 53.27, 3],
  ['Middlesbrough', -1.23, 54.57, 4],
  ['Stoke-on-Trent', -2.18, 53.0, 4],
  ['Derby', -1.48, 52.92, 4],
  ['Reading', -0.97, 51.45, 4],
  ['Portsmouth', -1.09, 50.8, 4],
  ['Bournemouth', -1.88, 50.72, 4],
  ['Gloucester', -2.24, 51.86, 4],
  ['Peterborough', -0.24, 52.57, 4],
  ['Ipswich', 1.16, 52.06, 4],
  ['Canterbury', 1.08, 51.28, 4],
  ['Carlisle', -2.94, 54.89, 4],
  ['Lincoln', -0.54, 53.23, 4],
  ['Aberystwyth', -4.08, 52.42, 4],
  ['Bangor', -4.13, 53.23, 4],
  ['Truro', -5.05, 50.26, 4],
  ['Perth', -3.43, 56.4, 4],
  ['Stirling', -3.94, 56.12, 4],
]

/** `bundledStyle`: the default background in the panel's theme. */
export function bundledStyle(theme: 'light' | 'dark'): StyleSpecification {
  const paint = colours[theme]
  return {
    version: 8,
    sources: {
      land: { type: 'geojson', data: landUrl, attribution: 'Natural Earth', tolerance: 0.2 },
      towns: {
        type: 'geojson',
        data: {
          type: 'FeatureCollection',
          features: towns.map(([name, longitude, latitude, rank]) => ({
            type: 'Feature',
            properties: { name, rank },
            geometry: { type: 'Point', coordinates: [longitude, latitude] },
          })),
        },
      },
    },
    layers: [
      { id: 'water', type: 'background', paint: { 'background-color': paint.water } },
      { id: 'land', type: 'fill', source: 'land', paint: { 'fill-color': paint.land } },
      {
        id: 'borders',
        type: 'line',
        source: 'land',
        paint: { 'line-color': paint.border, 'line-width': 0.8 },
      },
      ...[1, 2, 3, 4].map((rank): StyleSpecification['layers'][number] => ({
        id: `towns-${rank}`,
        type: 'symbol',
        source: 'towns',
        minzoom: rank + 2,
        filter: ['==', ['get', 'rank'], rank],
        layout: {
          'text-field': ['get', 'name'],
          'text-size': rank < 3 ? 13 : 12,
          'text-padding': 6,
          'text-font': ['sans-serif'],
        },
        paint: {
          'text-color': paint.town,
          'text-halo-color': paint.halo,
          'text-halo-width': 1.4,
        },
      })),
    ],
  }
}
