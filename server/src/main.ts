import { openDb } from '@huming/db/client'
import { requireSealKey } from '@huming/db/seal'
import { buildApp } from './app.ts'
import { stripeOf } from './payment/settings.ts'

const url = process.env['DATABASE_URL']
if (!url) throw new Error('DATABASE_URL is not set')
const sample = process.env['HUMING_SAMPLE'] === '1'
requireSealKey(process.env, sample)
const opened = openDb(url, {
  max: Number(process.env['DATABASE_POOL'] ?? 12),
  applicationName: 'huming-server',
})
const app = await buildApp({
  db: opened.db,
  sql: opened.sql,
  sample,
  ...(process.env['WEB_DIR'] ? { webDir: process.env['WEB_DIR'] } : {}),
  filesDir: process.env['FILES_DIR'] ?? '.data/files',
  stripe: stripeOf(process.env),
  logger: {
    level: process.env['LOG_LEVEL'] ?? 'info',
    redact: ['req.headers.cookie', 'res.headers["set-cookie"]'],
  },
})
let closing: Promise<void> | undefined
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    closing ??= app
      .close()
      .then(() => opened.close())
      .then(() => process.exit(0))
  })
}
await app.listen({ port: Number(process.env['PORT'] ?? 8080), host: process.env['HOST'] ?? '127.0.0.1' })
