import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

import type { Metafile } from 'esbuild'

import { StartProblem } from '../problem'

/** Name of the file in `dist/` → where it begins. */
const entries: Record<string, string> = {
  supervisor: 'src/main/supervisor.ts',
  migrate: 'src/main/migrate.ts',
  web: 'src/main/web.ts',
  ocpp: 'ocpp/main.ts',
  worker: 'src/main/worker.ts',
  demo: 'src/seed/demo.ts',
  pdf: 'reports/render/pdfProcess.tsx',
}

/** Each role as one bundle, `dist/<role>.js`; npm packages stay outside, where they are. */
export async function buildBundles(root: string): Promise<void> {
  const { build } = await import('esbuild')
  const present = Object.entries(entries).filter(([, file]) => existsSync(join(root, file)))
  try {
    const { metafile } = await build({
      absWorkingDir: root,
      entryPoints: Object.fromEntries(present),
      outdir: 'dist',
      bundle: true,
      platform: 'node',
      target: 'node20.20',
      format: 'esm',
      packages: 'external',
      jsx: 'automatic',
      sourcemap: false,
      logLevel: 'silent',
      metafile: true,
    })
    demandNoLooseAlias(metafile)
  } catch (error) {
    throw new StartProblem(
      `The roles could not be built. ${error instanceof Error ? error.message : String(error)}`,
    )
  }
}

/** An alias of ours that leads nowhere looks like a package to esbuild, and would fail only when the role starts. */
function demandNoLooseAlias(metafile: Metafile): void {
  for (const [file, { imports }] of Object.entries(metafile.inputs)) {
    const loose = imports.find(
      ({ external, path }) => external && /^(#|@\/|@payload-config)/.test(path),
    )
    if (loose) throw new Error(`${file} imports ${loose.path}, which is not there.`)
  }
}

/** Names of the migrations in the order they run. */
export function migrationNames(root: string): string[] {
  return readdirSync(join(root, 'src/migrations'))
    .filter((name) => /^\d{8}_\d{6}.*\.ts$/.test(name))
    .map((name) => name.replace(/\.ts$/, ''))
    .sort()
}
