import { serviceDayOf } from '@huming/shared/days'
import { type Role, roles } from '@huming/shared/permissions'
import { samplePassword } from '@huming/shared/sample'
import type { TransactionSql } from 'postgres'
import { openDb } from '../client.ts'
import { OperatorError } from '../operator-error.ts'
import { hashPassword } from '../password.ts'
import { sampleMembers } from './cast/people.ts'
import { writeBook } from './story/book.ts'
import { writeCold } from './story/cold.ts'
import { tellStory } from './story/story.ts'
import { writeCast } from './write-cast.ts'

/** Any fixed number, so that two processes starting together take turns. */
const SEED_LOCK = 4_618_297_655

/** One sample sign-in for each role, in the order of the roles. */
export const sampleSignIns: readonly { phone: string; password: string; role: Role }[] = roles.flatMap(
  (role) => {
    const first = sampleMembers().find((one) => one.roles.includes(role))
    return first ? [{ phone: first.phone, password: samplePassword, role }] : []
  },
)

/**
 * Puts the sample data 示例 into an empty database: everything or nothing, in one transaction. Days are counted
 * from `now`, ids and names are the same in every database. Gives false when the sample data is there already,
 * and refuses a database in which somebody else works.
 */
export async function seedOnce(url: string, now: Date = new Date()): Promise<boolean> {
  const passwordHash = await hashPassword(samplePassword)
  const { sql, close } = openDb(url, {
    max: 1,
    applicationName: 'huming-seed',
    statementTimeout: 0,
    lockTimeout: 0,
  })
  try {
    return await sql.begin(async (tx) => {
      await tx`select pg_advisory_xact_lock(${SEED_LOCK})`
      if (await isTaken(tx)) return false
      await writeCast(tx, serviceDayOf(now), passwordHash)
      const book = tellStory(now)
      await writeBook(tx, book)
      await writeCold(tx, book, now)
      return true
    })
  } finally {
    await close()
  }
}

async function isTaken(tx: TransactionSql): Promise<boolean> {
  const [count] = await tx<{ samples: number; others: number }[]>`
    select count(*) filter (where is_sample)::int as samples, count(*) filter (where not is_sample)::int as others
    from organisations`
  if (count && count.samples > 0) return true
  if (count && count.others > 0) {
    throw new OperatorError(
      'The database holds organisations that are no sample data; start with SAMPLE_DATA=off, or with another database.',
    )
  }
  return false
}
