import { defineConfig } from 'drizzle-kit'

// Column names come from `snakeCase.table` in the schema files, so no `casing` here.
// biome-ignore lint/style/noDefaultExport: drizzle-kit reads the default export.
export default defineConfig({
  dialect: 'postgresql',
  schema: './src/schema/*.ts',
  out: './migrations',
})
