import { z } from 'zod'

import { env } from '@/platform/env'
import { ok, operation, type Operation } from '../operation'
import { openApi } from '../openapi'
import { docsPage } from '../docsPage'
import { currency } from '../shapes'

const Config = z
  .object({
    networkName: z.string(),
    currency,
    timeZone: z.string(),
    features: z.object({
      selfRegistration: z.boolean(),
      billing: z.boolean(),
      cards: z.boolean().describe('Cards can be saved and paid with.'),
      guests: z.boolean().describe('POST /guest-sessions: one charge without an account.'),
    }),
    liveUrl: z
      .string()
      .describe('The live channel (JSON-RPC over WebSocket); see the documentation.'),
    support: z.object({ email: z.string().nullable(), phone: z.string().nullable() }),
    legal: z.object({ termsUrl: z.string().nullable(), privacyUrl: z.string().nullable() }),
    chargePageUrl: z
      .string()
      .describe('What QR codes begin with; the code of the connector follows.'),
  })
  .meta({ id: 'Config' })

/** `about`: the document and its page are made of all operations, themselves included. */
export function about(all: () => readonly Operation[]): Operation[] {
  return [
    operation({
      id: 'getConfig',
      method: 'GET',
      path: '/config',
      tag: 'About',
      summary: 'What this network offers',
      auth: 'none',
      ok: { status: 200, schema: Config },
      problems: [],
      async run(_input, { cards, settings }) {
        return ok({
          networkName: settings.networkName,
          currency: settings.currency,
          timeZone: settings.timezone,
          features: {
            selfRegistration: settings.appSignIn && settings.selfRegistration,
            billing: settings.billingEnabled,
            cards: settings.billingEnabled && cards !== null,
            guests: settings.guestCharging && (cards !== null || !settings.billingEnabled),
          },
          liveUrl: env().livePublicUrl,
          support: { email: settings.supportEmail, phone: settings.supportPhone },
          legal: { termsUrl: settings.termsUrl, privacyUrl: settings.privacyUrl },
          chargePageUrl: `${env().publicUrl}/charge/`,
        })
      },
    }),
    operation({
      id: 'getOpenApi',
      method: 'GET',
      path: '/openapi.json',
      tag: 'About',
      summary: 'This API as OpenAPI 3.1',
      auth: 'none',
      ok: { status: 200, schema: z.looseObject({}) },
      problems: [],
      run: async () => ok(openApi(all())),
    }),
    operation({
      id: 'getDocs',
      method: 'GET',
      path: '/docs',
      tag: 'About',
      summary: 'This API for people',
      auth: 'none',
      ok: { status: 200, contentType: 'text/html' },
      problems: [],
      run: async () => ({
        kind: 'raw',
        status: 200,
        body: docsPage(openApi(all())),
        headers: { 'Content-Type': 'text/html; charset=utf-8' },
      }),
    }),
  ]
}
