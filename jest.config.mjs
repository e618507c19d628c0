import { readFileSync } from 'node:fs'

/** Logic needs no database and no building; the rest has a real Postgres, a browser, or patience. */
const all = ['**/*.test.ts', '**/*.test.tsx']
const elsewhere = {
  integration: ['\\.int\\.test\\.tsx?$', '/src/tests/(?!rooms|e2e/|fault/)'],
  browser: ['\\.e2e\\.test\\.ts$', '/src/tests/e2e/'],
  fault: ['\\.fault\\.test\\.ts$'],
  security: ['\\.security\\.test\\.ts$'],
}

const shared = {
  testEnvironment: 'node',
  // without the last one the Lexical packages wait for themselves (src/main/roles/specs.ts)
  testEnvironmentOptions: { customExportConditions: ['node', 'node-addons', 'production'] },
  extensionsToTreatAsEsm: ['.ts', '.tsx'],
  transform: {
    '^.+\\.tsx?$': [
      // the negative controls take one guard out on the way (src/tests/controls)
      process.env.CPMS_WITHOUT_GUARD ? '<rootDir>/src/tests/controls/transform.mjs' : '@swc/jest',
      {
        jsc: {
          target: 'es2022',
          parser: { syntax: 'typescript', tsx: true },
          transform: { react: { runtime: 'automatic' } },
        },
        module: { type: 'es6' },
      },
    ],
  },
  moduleNameMapper: aliases(),
  modulePathIgnorePatterns: ['<rootDir>/.next/', '<rootDir>/dist/', '<rootDir>/.data/'],
  testPathIgnorePatterns: ['/node_modules/'],
}

const withDatabase = {
  ...shared,
  globalSetup: '<rootDir>/src/tests/setup/startPostgres.mjs',
  globalTeardown: '<rootDir>/src/tests/setup/stopPostgres.mjs',
  setupFilesAfterEnv: ['<rootDir>/src/tests/setup/patience.mjs'],
}

export default {
  workerIdleMemoryLimit: '1GB',
  projects: [
    {
      ...shared,
      displayName: 'unit',
      testMatch: all,
      testPathIgnorePatterns: ['/node_modules/', ...Object.values(elsewhere).flat()],
    },
    {
      ...withDatabase,
      displayName: 'integration',
      testMatch: ['**/*.int.test.ts?(x)', '<rootDir>/src/tests/**/*.test.ts?(x)'],
      testPathIgnorePatterns: [
        '/node_modules/',
        '/src/tests/rooms',
        ...elsewhere.browser,
        ...elsewhere.fault,
        ...elsewhere.security,
      ],
    },
    {
      ...withDatabase,
      displayName: 'browser',
      testMatch: ['**/*.e2e.test.ts'],
    },
    { ...withDatabase, displayName: 'screens', testMatch: ['**/*.axe.test.ts'] },
    { ...withDatabase, displayName: 'security', testMatch: ['**/*.security.test.ts'] },
    { ...withDatabase, displayName: 'fault', testMatch: ['**/*.fault.test.ts'] },
  ],
}

/** The aliases of tsconfig.json, as jest wants them: one list, so that they cannot drift apart. */
function aliases() {
  const { compilerOptions } = JSON.parse(
    readFileSync(new URL('tsconfig.json', import.meta.url), 'utf8'),
  )
  return Object.fromEntries(
    Object.entries(compilerOptions.paths).map(([alias, [target]]) => [
      `^${alias.replace('*', '(.*)')}$`,
      target.replace('./', '<rootDir>/').replace('*', '$1'),
    ]),
  )
}
