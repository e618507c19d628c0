import { join } from 'node:path'

import type { Env } from '@/platform/env'

import type { RoleSpec } from './role'

/** What every role is given: the settings as the supervisor resolved them. */
export function roleEnv(
  settings: Env,
  databaseUrl: string,
  payloadSecret: string,
): NodeJS.ProcessEnv {
  return {
    ...process.env,
    NODE_ENV: 'production',
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
