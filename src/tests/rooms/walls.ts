import { posix } from 'node:path'

import { readImports, type Import } from './readImports'
import { rooms } from './table'

const aliases: [RegExp, string][] = [
  [/^@payload-config$/, 'payload.config.ts'],
  [/^@\//, 'src/'],
  [/^#(collections|hooks|ocpp|reports)\//, '$1/'],
]

/** The room a path from the root lies in, or null. */
export function roomOf(path: string): string | null {
  const fits = Object.entries(rooms).flatMap(([name, { paths }]) =>
    paths
      .filter((from) => path === from || path.startsWith(`${from}/`))
      .map((from) => ({ name, from })),
  )
  return fits.sort((a, b) => b.from.length - a.from.length)[0]?.name ?? null
}

/** One sentence for each import of `file` (a path from the root) that crosses a wall. */
export function wallsCrossed(file: string, source: string): string[] {
  const name = roomOf(file)
  const room = name ? rooms[name] : undefined
  if (!name || !room) return [`${file} lies in no room: add it to src/tests/rooms/table.ts`]
  // A test may import anything.
  if (room.mayImport === 'anything' || /\.test\.tsx?$/.test(file)) return []
  return readImports(file, source).flatMap((one) => {
    const path = pathOf(file, one.specifier)
    const reason = path === null ? packageReason(name, one) : roomReason(name, path)
    return reason ? [`${file}:${one.line} imports ${one.specifier}: ${reason}`] : []
  })
}

/** The path from the root an import leads to; null for a package. */
function pathOf(file: string, specifier: string): string | null {
  if (specifier.startsWith('.')) return posix.join(posix.dirname(file), specifier)
  const alias = aliases.find(([pattern]) => pattern.test(specifier))
  return alias ? specifier.replace(alias[0], alias[1]) : null
}

function roomReason(name: string, path: string): string | null {
  const room = rooms[name]
  const target = roomOf(path) ?? roomOf(`${path}.ts`)
  if (!target) return `${path} lies in no room`
  if (target === name || room?.mayImport === 'anything' || room?.mayImport.includes(target))
    return null
  return `${name} must not import ${target}`
}

function packageReason(name: string, { specifier, isTypeOnly }: Import): string | null {
  const rule = rooms[name]?.npm
  if (rule === undefined) return null
  if (rule === 'none') return `${name} imports nothing but itself`
  if (rule.typesOnly?.test(specifier)) return isTypeOnly ? null : `${name} may know only its types`
  if (rule.never?.test(specifier)) return `${name} must not know it`
  if (rule.only && !rule.only.test(specifier)) return `${name} must not know it`
  return null
}
