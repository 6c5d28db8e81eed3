import { sql } from 'drizzle-orm'
import { check, index, integer, snakeCase, text, unique, uuid } from 'drizzle-orm/pg-core'
import { id, instant, serviceDay } from '../columns.ts'
import { runs } from './routes.ts'

/** What the driver read from the vehicle's odometer, kilometres. */
export const runOdometers = snakeCase.table(
  'run_odometers',
  {
    runId: uuid()
      .primaryKey()
      .references(() => runs.id),
    outKm: integer().notNull(),
    backKm: integer(),
    writtenAt: instant().notNull(),
  },
  (t) => [
    check(
      'odometer_forward',
      sql`${t.outKm} between 0 and 5000000 and coalesce(${t.backKm}, ${t.outKm}) between ${t.outKm} and ${t.outKm} + 3000`,
    ),
  ],
)

/** g CO₂e per km by drive and gross weight of the vehicle, and what cooling adds; dated, with where it is from. */
export const emissionFactors = snakeCase.table(
  'emission_factors',
  {
    id: id(),
    /** `diesel` or `electric`: what the vehicle drives with. */
    drive: text().notNull(),
    /** Holds from this gross weight on, until the next row. */
    minGrossKg: integer().notNull(),
    gramsPerKm: integer().notNull(),
    /** Added while cold goods are aboard, basis points of the above. */
    coolingBp: integer().notNull(),
    /** How sure we are: `measured`, `published`, `estimated`. */
    certainty: text().notNull(),
    source: text().notNull(),
    validFrom: serviceDay().notNull(),
    validTo: serviceDay().notNull(),
  },
  (t) => [
    unique('one_factor').on(t.drive, t.minGrossKg, t.validFrom),
    index().on(t.validFrom),
    check(
      'factor_range',
      sql`${t.gramsPerKm} >= 0 and ${t.coolingBp} between 0 and 10000 and ${t.certainty} in ('measured', 'published', 'estimated')`,
    ),
  ],
)
