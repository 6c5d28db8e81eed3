import { openDb } from '@huming/db/client'
import { reconcile } from '@huming/server/reports/run-audit'
import { tool, withDatabase } from './running-database.ts'

/** `pnpm reconcile`: proves the books from the database and prints each check; exits 1 when one is broken. */
await tool(() =>
  withDatabase(process.env, async (url) => {
    const { sql, close } = openDb(url, { max: 1, applicationName: 'huming-reconcile' })
    try {
      const checks = await reconcile({ sql })
      for (const check of checks) {
        const mark = check.breachCount === 0 ? '✓' : '✗'
        console.log(`${mark} ${check.name}: ${check.checked} checked, ${check.breachCount} breaches`)
        for (const id of check.breaches) console.log(`    ${id}`)
      }
      const broken = checks.filter((check) => check.breachCount > 0).length
      console.log(`${checks.length} checks, ${broken} broken`)
      return broken === 0 ? 0 : 1
    } finally {
      await close()
    }
  }),
)
