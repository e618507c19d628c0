/**
 * "Who may import whom" of docs/ARCHITECTURE: rows are rooms, a room always may import itself. `npm` names the packages
 * a room must not know; `typesOnly` those of which it may know the types.
 */
export type Room = {
  /** Folders and files, from the root; the longest that fits decides. */
  paths: string[]
  mayImport: string[] | 'anything'
  /** `none`: neither packages nor `node:`. */
  npm?: { never?: RegExp; typesOnly?: RegExp; only?: RegExp } | 'none'
}

const payload = /^(payload|@payloadcms\/)/
const frontEnd = /^(payload|@payloadcms|next|react|react-dom)(\/|$)/

export const rooms: Record<string, Room> = {
  domain: { paths: ['src/domain'], mayImport: [], npm: 'none' },
  platform: { paths: ['src/platform'], mayImport: [], npm: { never: frontEnd } },
  db: {
    paths: ['src/db'],
    mayImport: ['domain', 'platform'],
    npm: { only: /^(node:|pg$|pg-|@payloadcms\/db-postgres\/drizzle)/, typesOnly: /^payload$/ },
  },
  migrations: { paths: ['src/migrations'], mayImport: [] },
  facts: {
    paths: ['src/facts'],
    mayImport: ['domain', 'db', 'platform'],
    npm: { never: frontEnd },
  },
  commands: {
    paths: ['src/commands'],
    mayImport: ['domain', 'db', 'platform'],
    npm: { never: frontEnd },
  },
  ocpp: {
    paths: ['ocpp'],
    mayImport: ['facts', 'commands', 'domain', 'db', 'platform'],
    npm: { never: frontEnd },
  },
  reports: { paths: ['reports'], mayImport: ['domain', 'db', 'platform'], npm: { never: payload } },
  email: { paths: ['src/email'], mayImport: ['domain', 'db', 'platform'], npm: { never: payload } },
  live: { paths: ['src/live'], mayImport: ['domain', 'db', 'platform'], npm: { never: frontEnd } },
  // money by card: whatever a provider is asked or tells
  payments: {
    paths: ['src/payments'],
    mayImport: ['domain', 'db', 'platform'],
    npm: { never: frontEnd },
  },
  jobs: {
    paths: ['src/jobs'],
    mayImport: ['facts', 'commands', 'payments', 'reports', 'email', 'domain', 'db', 'platform'],
    npm: { never: payload },
  },
  hooks: {
    paths: ['hooks'],
    mayImport: ['domain', 'commands', 'db', 'platform'],
    npm: { never: /^(next|react)/ },
  },
  collections: {
    paths: ['collections'],
    mayImport: ['hooks', 'domain', 'platform'],
    npm: { typesOnly: /^(payload$|@payloadcms\/)/ },
  },
  api: {
    paths: ['src/api'],
    mayImport: ['commands', 'payments', 'domain', 'db', 'reports', 'platform', 'payloadTypes'],
  },
  panel: {
    paths: ['src/panel'],
    mayImport: ['reports', 'commands', 'domain', 'db', 'platform', 'payloadTypes'],
  },
  components: {
    paths: ['src/components'],
    mayImport: ['domain', 'panel', 'payloadTypes'],
    npm: { typesOnly: /^payload$/, never: /^(pg|node:)/ },
  },
  payloadConfig: {
    paths: ['payload.config.ts'],
    // hooks of the whole configuration (errors, GraphQL limits) hang here and nowhere else
    mayImport: ['collections', 'hooks', 'db', 'email', 'platform'],
  },
  payloadTypes: { paths: ['src/payload-types.ts'], mayImport: [], npm: { typesOnly: /./ } },
  app: {
    paths: ['src/app'],
    mayImport: ['payloadConfig', 'api', 'panel', 'components', 'platform'],
  },
  main: {
    paths: ['src/main'],
    mayImport: [
      'ocpp',
      'live',
      'jobs',
      'payments',
      'payloadConfig',
      'migrations',
      'seed',
      'db',
      'domain',
      'platform',
    ],
  },
  seed: { paths: ['src/seed'], mayImport: 'anything' },
  bench: { paths: ['src/bench'], mayImport: 'anything' },
  tests: { paths: ['src/tests'], mayImport: 'anything' },
}
