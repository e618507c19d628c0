/** Builds what is missing or older than its sources: the roles into `dist/`, the panel into `.next/`. */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { StartProblem, systemCode } from '../problem'
import { say } from '../say'
import { buildBundles, migrationNames } from './bundles'
import { oneAtATime } from './lock'
import { buildPanel } from './panel'
import { panelDigest, rolesDigest } from './sources'

type Stamp = { digest: string; migrations?: string[] }

const rolesStamp = 'dist/build.json'
const panelStamp = '.next/cpms-build.json'

export async function buildWhatIsMissing(
  root: string,
  signal: AbortSignal,
  { withPanel = true } = {},
): Promise<void> {
  // An image carries what was built and not what it was built from.
  if (!existsSync(join(root, 'src/main/supervisor.ts')) || isUpToDate(root)) return
  try {
    mkdirSync(join(root, 'dist'), { recursive: true })
    await oneAtATime(join(root, 'dist/building.lock'), signal, async () => {
      const roles = rolesDigest(root)
      if (read(root, rolesStamp)?.digest !== roles) {
        say('Building the roles …')
        await buildBundles(root)
        write(root, rolesStamp, { digest: roles, migrations: migrationNames(root) })
      }
      const panel = panelDigest(root)
      if (withPanel && read(root, panelStamp)?.digest !== panel) {
        rmSync(join(root, panelStamp), { force: true })
        await buildPanel(root, signal)
        write(root, panelStamp, { digest: panel })
      }
    })
  } catch (error) {
    if (!['EACCES', 'EROFS', 'ENOSPC', 'EPERM'].includes(systemCode(error))) throw error
    throw new StartProblem(
      `The product has to be built and ${root} cannot be written (${systemCode(error)}). ` +
        'Run "npm run build" as the user who owns it, then start again.',
    )
  }
}

/** Names of the migrations this build knows, in order. */
export function builtMigrations(root: string): string[] {
  return read(root, rolesStamp)?.migrations ?? []
}

function isUpToDate(root: string): boolean {
  return (
    read(root, rolesStamp)?.digest === rolesDigest(root) &&
    read(root, panelStamp)?.digest === panelDigest(root) &&
    existsSync(join(root, '.next/BUILD_ID'))
  )
}

function read(root: string, file: string): Stamp | null {
  try {
    return JSON.parse(readFileSync(join(root, file), 'utf8')) as Stamp
  } catch {
    return null
  }
}

function write(root: string, file: string, stamp: Stamp): void {
  writeFileSync(join(root, file), `${JSON.stringify(stamp)}\n`)
}
