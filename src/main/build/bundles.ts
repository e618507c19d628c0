import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
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
}

/**
 * What `node dist/ocpp.js` is: Node 20 compiles its reader of CommonJS in the background while it loads an ES module, and
 * ends silently (exit code 13) when nothing else keeps the process alive; seen once in four starts on a busy machine.
 */
export const doorstep = (bundle: string) =>
  [
    '// Made by npm run build. Keeps the process alive while it loads.',
    'const hold = setInterval(() => {}, 60_000)',
    `await import('${bundle}')`,
    'clearInterval(hold)',
    '',
  ].join('\n')

/** Each role as one bundle, and `dist/<role>.js` to start it by; npm packages stay outside, where they are. */
export async function buildBundles(root: string): Promise<void> {
  const { build } = await import('esbuild')
  rmSync(join(root, 'dist/bundles'), { recursive: true, force: true })
  mkdirSync(join(root, 'dist/bundles'), { recursive: true })
  const present = Object.entries(entries).filter(([, file]) => existsSync(join(root, file)))
  try {
    const { metafile } = await build({
      absWorkingDir: root,
      entryPoints: Object.fromEntries(present),
      outdir: 'dist/bundles',
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
    for (const [name] of present)
      writeFileSync(join(root, `dist/${name}.js`), doorstep(`./bundles/${name}.js`))
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
