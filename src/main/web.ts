/** The web role: Next and Payload behind a door of our own. Composition and signals only. */
import { projectRoot } from './project'
import { env } from '@/platform/env'
import { logFor } from '@/platform/log'
import { runRole } from '@/platform/runRole'

import { openWebDoor } from './web/door'

runRole('web', async () => {
  const settings = env()
  const log = logFor('web')
  // Loaded only now: React and Next choose their production code by NODE_ENV, which runRole has settled.
  const { default: next } = await import('next')
  const app = next({ dev: false, dir: projectRoot, hostname: settings.host, port: settings.port })
  await app.prepare()
  const door = await openWebDoor({ settings, handle: app.getRequestHandler(), log })
  log.info({ port: settings.port }, 'the panel listens')
  return {
    async stop() {
      await door.close()
      await app.close()
    },
  }
})
