import { join } from 'node:path'

import type { Env } from '@/platform/env'

import type { RoleSpec } from './role'

/**
 * The Lexical packages load themselves with a top-level `await import()` under Node's own export condition, in a cycle:
 * one start in three of whatever reads payload.config.ts waited for itself for ever (or ended with code 13 where nothing
 * kept the process alive). Their `production` condition has no such step. `package.json`'s scripts do the same.
 */
const withProductionCondition = (options = '') => `${options} --conditions=production`.trim()

/** What every role is given: the settings as the supervisor resolved them. */
export function roleEnv(
  settings: Env,
  databaseUrl: string,
  payloadSecret: string,
): NodeJS.ProcessEnv {
  return {
    ...process.env,
    NODE_ENV: 'production',
    NODE_OPTIONS: withProductionCondition(process.env.NODE_OPTIONS),
    NEXT_TELEMETRY_DISABLED: '1',
    DATABASE_URL: databaseUrl,
    PAYLOAD_SECRET: payloadSecret,
    CPMS_DATA_DIR: settings.dataDir,
    HOST: settings.host,
    PORT: String(settings.port),
    OCPP_PORT: String(settings.ocppPort),
    LIVE_PORT: String(settings.livePort),
    PUBLIC_URL: settings.publicUrl,
    OCPP_PUBLIC_URL: settings.ocppPublicUrl,
    LIVE_PUBLIC_URL: settings.livePublicUrl,
  }
}

export function roleSpecs(root: string, env: NodeJS.ProcessEnv): RoleSpec[] {
  return ['ocpp', 'worker', 'web'].map((name) => ({
    name,
    args: [join(root, `dist/${name}.js`)],
    cwd: root,
    env,
  }))
}

/** The same roles from their sources, started again (ocpp, worker) or reloaded (web) when these change. */
export function devRoleSpecs(root: string, env: NodeJS.ProcessEnv, settings: Env): RoleSpec[] {
  const watch = [
    join(root, 'node_modules/tsx/dist/cli.mjs'),
    'watch',
    '--clear-screen=false',
    'src/main/run.mjs',
  ]
  const next = [join(root, 'node_modules/next/dist/bin/next'), 'dev']
  const { host, port, ocppPort, livePort } = settings
  return [
    { name: 'ocpp', args: [...watch, 'ocpp/main.ts'], cwd: root, env, readyPort: ocppPort },
    { name: 'worker', args: [...watch, 'src/main/worker.ts'], cwd: root, env, readyPort: livePort },
    {
      name: 'web',
      args: [...next, '--hostname', host, '--port', String(port)],
      cwd: root,
      env: { ...env, NODE_ENV: 'development' },
      readyPort: port,
    },
  ]
}
