import { dirname, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

import { postgresAdapter } from '@payloadcms/db-postgres'
import pg from 'pg'
import { buildConfig } from 'payload'

import { collections, globals } from '#collections/index'
import { closeInternals } from '#hooks/closeInternals'
import { graphqlLimits } from '#hooks/graphqlLimits'
import { onError } from '#hooks/onError'
import { ticketEditor } from '#hooks/tickets/editor'
import { heardCommit } from '@/db/heardCommit'
import { outbox } from '@/email/adapter'
import { env } from '@/platform/env'
import { logFor } from '@/platform/log'

const root = dirname(fileURLToPath(import.meta.url))

/** `next build` and the generators read this file without a database and without secrets. */
const isBuilding =
  process.env.NEXT_PHASE === 'phase-production-build' ||
  process.argv.some((argument) => argument.startsWith('generate:'))

const settings = env()

// numeric columns are numbers (as in src/db/pool.ts): Payload stores every number field as numeric
pg.types.setTypeParser(pg.types.builtins.NUMERIC, Number)

/** Whose cookie is believed. On one machine people type any of its names for itself. */
const origins = originsOf(settings.publicUrl)

export default buildConfig({
  secret: isBuilding ? '' : settings.payloadSecret,
  // no serverURL: the panel asks the host it was opened on; links in mails are made from PUBLIC_URL
  cors: origins,
  csrf: origins,
  email: outbox(`noreply@${new URL(settings.publicUrl).hostname}`),
  collections,
  hooks: { afterError: [onError] },
  globals,
  defaultDepth: 1,
  maxDepth: 2,
  db: heardCommit(
    postgresAdapter({
      push: false,
      idType: 'serial',
      migrationDir: resolve(root, 'src/migrations'),
      generateSchemaOutputFile: resolve(root, 'src/db/payload-schema.ts'),
      pool: {
        // read when the pool is made, not when this file is loaded
        get connectionString() {
          return settings.databaseUrl
        },
        // one client is checked out at connect and never comes back
        max: 11,
        application_name: 'cpms-web',
        connectionTimeoutMillis: 3_000,
        statement_timeout: 10_000,
        query_timeout: 13_000,
        idle_in_transaction_session_timeout: 15_000,
        idleTimeoutMillis: 30_000,
        keepAlive: true,
      },
    }),
  ),
  editor: ticketEditor,
  graphQL: {
    disablePlaygroundInProduction: true,
    disableIntrospectionInProduction: true,
    maxComplexity: 1000,
    validationRules: () => [graphqlLimits],
  },
  logger: logFor('web'),
  onInit: (payload) => {
    // without a listener an idle connection that Postgres closes (a restart) would end the process
    const { pool } = payload.db as unknown as { pool: pg.Pool }
    pool.on('error', (err) => payload.logger.warn({ err }, 'a connection to Postgres was lost'))
  },
  telemetry: false,
  // answers and no faults (hooks/problem); Payload's list of names has its own only
  loggingLevels: { Refusal: 'info' } as Record<string, 'info'>,
  typescript: { autoGenerate: false, outputFile: resolve(root, 'src/payload-types.ts') },
  admin: {
    user: 'users',
    avatar: 'default',
    theme: 'all',
    dateFormat: 'd MMM yyyy, HH:mm',
    // `/reset` is ours, and Payload takes that view before any other
    routes: { reset: '/payload-reset' },
    importMap: { baseDir: root },
    meta: { titleSuffix: ' · CITA EV' },
    components: {
      graphics: {
        Logo: '/src/components/admin/Brand#Logo',
        Icon: '/src/components/admin/Brand#Mark',
      },
      providers: [
        '/src/components/admin/LiveProvider#LiveProvider',
        '/src/components/admin/SignIn/Gate#SignInGate',
      ],
      beforeNavLinks: ['/src/components/admin/Nav#NavMenu'],
      actions: [
        // Payload draws them from right to left
        '/src/components/admin/help/HelpMenu#HelpMenu',
        '/src/components/admin/Bell#Bell',
        '/src/components/admin/FindBox#FindBox',
      ],
      views: {
        dashboard: { Component: '/src/components/admin/Dashboard#Dashboard' },
        login: { Component: '/src/components/admin/SignIn#SignIn', path: '/login', exact: true },
        forgot: { Component: '/src/components/admin/SignIn#Forgot', path: '/forgot', exact: true },
        // with what follows: the token
        reset: { Component: '/src/components/admin/SignIn#Reset', path: '/reset' },
        notifications: {
          Component: '/src/components/admin/Notifications#Notifications',
          path: '/notifications',
          exact: true,
          meta: { title: 'Notifications' },
        },
        security: {
          Component: '/src/components/admin/Security#Security',
          path: '/account/security',
          exact: true,
          meta: { title: 'Sign-in & security' },
        },
        undeliveredMail: {
          Component: '/src/components/admin/UndeliveredMail#UndeliveredMail',
          path: '/undelivered-mail',
          exact: true,
          meta: { title: 'Undelivered mail' },
        },
        liveSessions: {
          Component: '/src/components/admin/LiveSessions#LiveSessions',
          path: '/live-sessions',
          exact: true,
          meta: { title: 'Live sessions' },
        },
        map: {
          Component: '/src/components/admin/SiteMap#SiteMap',
          path: '/map',
          exact: true,
          meta: { title: 'Map' },
        },
        addCharger: {
          Component: '/src/components/admin/AddCharger#AddCharger',
          path: '/add-charger',
          exact: true,
          meta: { title: 'Add a charger' },
        },
        connectionDoctor: {
          Component: '/src/components/admin/ConnectionDoctor#ConnectionDoctor',
          path: '/connection-doctor',
          exact: true,
          meta: { title: 'Connection doctor' },
        },
        firmwareUpdate: {
          Component: '/src/components/admin/Firmware#NewFirmwareUpdate',
          path: '/firmware-update',
          exact: true,
          meta: { title: 'Firmware update' },
        },
        ocppLog: {
          Component: '/src/components/admin/OcppLog#NetworkLog',
          path: '/ocpp-log',
          exact: true,
          meta: { title: 'OCPP log' },
        },
        chargingSessionsReport: {
          Component: '/src/components/admin/Reports#ChargingSessionsReport',
          path: '/reports/charging-sessions',
          exact: true,
          meta: { title: 'Charging Sessions' },
        },
        energyUsageReport: {
          Component: '/src/components/admin/Reports#EnergyUsageReport',
          path: '/reports/energy-usage',
          exact: true,
          meta: { title: 'Energy Usage' },
        },
        fleetUsageReport: {
          Component: '/src/components/admin/Reports#FleetUsageReport',
          path: '/reports/fleet-usage',
          exact: true,
          meta: { title: 'Fleet Usage' },
        },
        faultsUptimeReport: {
          Component: '/src/components/admin/Reports#FaultsUptimeReport',
          path: '/reports/faults-uptime',
          exact: true,
          meta: { title: 'Faults & Uptime' },
        },
        reliabilityReport: {
          Component: '/src/components/admin/Reports#ReliabilityReport',
          path: '/reports/reliability',
          exact: true,
          meta: { title: 'Rapid charger reliability' },
        },
        rfidImport: {
          Component: '/src/components/admin/CardImport#CardImport',
          path: '/rfid-import',
          exact: true,
          meta: { title: 'Import cards' },
        },
      },
    },
  },
  i18n: {
    // the words the FAQ sends people to
    translations: {
      en: {
        general: {
          noLabel: '–',
          untitled: 'New',
          payloadSettings: 'Panel settings',
          nothingFound: 'There is nothing here',
          sorryNotFound: 'It was removed, or it is outside of what your role may see.',
          noResultsFound: 'Nothing matches',
          noResultsDescription: 'Clear the search and the filters to see everything there is.',
        },
        authentication: {
          forgotPasswordQuestion: 'Forgot Password',
          checkYourEmailForPasswordReset:
            'If the address belongs to an account, a link to set a new password is on its way. If you don’t get an e-mail, ask your system admin.',
        },
      },
    },
  },
}).then(closeInternals)

function originsOf(publicUrl: string): string[] {
  const { origin, hostname, protocol, port } = new URL(publicUrl)
  const names = ['localhost', '127.0.0.1', '[::1]']
  if (!names.includes(hostname)) return [origin]
  return names.map((name) => `${protocol}//${name}${port ? `:${port}` : ''}`)
}
