import tseslint from 'typescript-eslint'

/** What the compiler cannot see and reviewers overlook; format is Prettier's business. */
export default tseslint.config(
  {
    ignores: [
      'node_modules/',
      '.next/',
      'dist/',
      '.data/',
      'coverage/',
      'next-env.d.ts',
      '**/validators.js',
      'src/payload-types.ts',
      'src/db/payload-schema.ts',
      'src/app/**/importMap.js',
      'src/migrations/',
    ],
  },
  {
    files: ['**/*.ts', '**/*.tsx'],
    extends: [tseslint.configs.base],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-console': 'error',
      'no-control-regex': 'error',
      'prefer-const': 'error',
      '@typescript-eslint/ban-ts-comment': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': [
        'error',
        { checksVoidReturn: { attributes: false } },
      ],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_' },
      ],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
    },
  },
  {
    // Their standard output is what they are for.
    files: [
      'src/main/**',
      'src/bench/**',
      'src/seed/**',
      'src/tests/**',
      'ocpp/sim/**',
      '**/*generate*.ts',
    ],
    rules: { 'no-console': 'off' },
  },
)
