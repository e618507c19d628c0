import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** What both builds depend on, beside their own sources. */
const shared = ['package-lock.json', 'package.json']
const rolesOnly = ['ocpp', 'src/main', 'src/live', 'src/jobs', 'src/seed']
const panelAndRoles = ['payload.config.ts', 'collections', 'hooks', 'reports', 'src']
const neither = /(^|\/)(src\/(tests|bench)|[^/]+\.test\.tsx?|.*\.int\.test\.tsx?)($|\/)/

/** A digest of everything the bundles of the roles are made from. */
export function rolesDigest(root: string): string {
  return digestOf(root, [...shared, ...panelAndRoles, ...rolesOnly], () => true)
}

/** A digest of everything the panel is made from: a change of the OCPP side alone does not build it again. */
export function panelDigest(root: string): string {
  const isPanel = (path: string) =>
    !rolesOnly.some((room) => path === room || path.startsWith(`${room}/`))
  return digestOf(root, [...shared, 'next.config.mjs', 'public', ...panelAndRoles], isPanel)
}

function digestOf(root: string, entries: string[], wanted: (path: string) => boolean): string {
  const hash = createHash('sha256').update(process.version)
  const paths = new Set(entries.flatMap((entry) => filesBelow(root, entry)))
  for (const path of [...paths].filter(wanted).sort()) {
    hash.update(`\0${path}\0`).update(readFileSync(join(root, path)))
  }
  return hash.digest('hex')
}

function filesBelow(root: string, path: string): string[] {
  if (neither.test(path) || !existsSync(join(root, path))) return []
  if (!statSync(join(root, path)).isDirectory()) return [path]
  return readdirSync(join(root, path)).flatMap((name) => filesBelow(root, `${path}/${name}`))
}
