import { defineConfig, type OxlintOverride } from 'oxlint'

/** Features in the goods' own order: one imports only from those before it. `kernel` and `documents` (tools) come before all. */
const features = [
  'kernel',
  'documents',
  'accounts',
  'ledger',
  'catalogue',
  'pricing',
  'stock',
  'orders',
  'payment',
  'supply',
  'production',
  'crates',
  'receiving',
  'storing',
  'picking',
  'routes',
  'delivery',
  'live',
  'temperature',
  'claims',
  'settlement',
  'tracing',
  'recall',
  'upload',
  'packets',
  'reports',
  'system',
]

/** What stands to the left of each folder in the chain; everything else of ours is forbidden to it. */
const mayImport: Record<string, string[]> = {
  shared: [],
  db: ['shared'],
  server: ['shared', 'db'],
  jobs: ['shared', 'db', 'server'],
  web: ['shared'],
}
const packages = Object.keys(mayImport)

const forbid = (group: string[], message: string) => ({ group, message })

const chain: OxlintOverride[] = packages.map((name) => ({
  files: [`${name}/**/*.ts`, `${name}/**/*.tsx`],
  excludeFiles: [`${name}/test/**`, `${name}/**/*.test.ts`],
  rules: {
    'no-restricted-imports': [
      'error',
      {
        patterns: [
          forbid(
            packages
              .filter((other) => other !== name && !mayImport[name]?.includes(other))
              .map((other) => `@huming/${other}/**`),
            'Imports point left only: shared ← db ← server ← jobs, shared ← web.',
          ),
          forbid(
            packages.map((other) => `**/../${other}/src/**`),
            'Import another package by its name, not by a path.',
          ),
        ],
      },
    ],
  },
}))

const order: OxlintOverride[] = features.map((feature, i) => ({
  files: [`server/src/${feature}/**/*.ts`],
  excludeFiles: ['**/*.test.ts'],
  rules: {
    'no-restricted-imports': [
      'error',
      {
        patterns: [
          forbid(
            ['@huming/jobs/**', '@huming/web/**'],
            'Imports point left only: shared ← db ← server ← jobs, shared ← web.',
          ),
          ...(i + 1 < features.length
            ? [
                forbid(
                  features.slice(i + 1).map((later) => `../${later}/**`),
                  'A feature imports only from features before it; later ones learn by events.',
                ),
              ]
            : []),
        ],
      },
    ],
  },
}))

export default defineConfig({
  plugins: ['typescript', 'import', 'unicorn', 'promise', 'react', 'jsx-a11y', 'vitest', 'oxc'],
  categories: { correctness: 'error', suspicious: 'error' },
  options: { typeAware: true },
  rules: {
    'import/no-cycle': 'error',
    'import/no-default-export': 'error',
    'typescript/no-floating-promises': 'error',
    'typescript/no-misused-promises': 'error',
    'typescript/no-explicit-any': 'error',
    'typescript/switch-exhaustiveness-check': 'error',
    'max-lines': ['error', { max: 300 }],
    'max-lines-per-function': ['error', { max: 70, skipBlankLines: true, skipComments: true }],
    // JSX is compiled by the automatic runtime.
    'react/react-in-jsx-scope': 'off',
    // Style sheets and worker entries are imported for their effect.
    'import/no-unassigned-import': 'off',
    'import/no-named-as-default-member': 'off',
    // Rows of hand-written SQL get their type at the one place they are read.
    'typescript/no-unsafe-type-assertion': 'off',
    // Sorting a copy one owns is clear enough.
    'unicorn/no-array-sort': 'off',
    'unicorn/no-array-reverse': 'off',
    // A dialog's first field and a scan box take the focus on purpose.
    'jsx-a11y/no-autofocus': 'off',
    'jsx-a11y/prefer-tag-over-role': 'off',
    // Expectations live in shared helpers of a test file too.
    'vitest/expect-expect': 'off',
    'vitest/valid-expect': 'off',
    'vitest/no-conditional-expect': 'off',
    'unicorn/consistent-function-scoping': 'off',
    // Messages go to worker threads, which have no origin.
    'unicorn/require-post-message-target-origin': 'off',
    'promise/always-return': 'off',
    // Cells of a table are functions that draw, not components with a life of their own.
    'react/no-unstable-nested-components': 'off',
    // The clock is read where "today" is meant; the screen is drawn anew when it matters.
    'react/purity': 'off',
    // Strings here are short codes and Chinese words, taken apart by code point on purpose.
    'typescript/no-misused-spread': 'off',
    // Ids and codes sort as text.
    'typescript/require-array-sort-compare': 'off',
    // The router's parameters are typed as present; an address typed by hand may lack them.
    'typescript/no-useless-default-assignment': 'off',
  },
  overrides: [
    ...chain,
    ...order,
    {
      files: ['**/*.test.ts', '**/test/**'],
      rules: {
        'max-lines-per-function': 'off',
        'max-lines': ['error', { max: 450 }],
        'vitest/no-standalone-expect': 'off',
      },
    },
    {
      // The body of a component is mostly its markup, a tree that reads from top to bottom.
      files: ['web/src/**/*.tsx'],
      rules: { 'max-lines-per-function': ['error', { max: 120, skipBlankLines: true, skipComments: true }] },
    },
    {
      // A contract file is a list of doors.
      files: ['shared/src/contracts/*.ts', 'shared/src/i18n/*.ts'],
      rules: { 'max-lines': ['error', { max: 450 }] },
    },
    {
      // Tools demand a default export of their configuration.
      files: ['*.config.ts', '**/*.config.ts'],
      rules: { 'import/no-default-export': 'off' },
    },
    {
      files: ['server/src/**', 'jobs/src/**', 'shared/src/**', 'web/src/**'],
      rules: { 'no-console': 'error' },
    },
  ],
  ignorePatterns: ['**/dist/**', '**/.data/**', 'db/migrations/**'],
})
