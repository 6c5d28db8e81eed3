import { bigint, boolean, text, timestamp, uuid } from 'drizzle-orm/pg-core'

/** UUIDv7 primary key; the caller makes the id, the default serves rows made by statements. */
export const id = () => uuid().primaryKey()
/** Money in integer fen (1/100 yuan). */
export const fen = () => bigint({ mode: 'number' })
/** Quantity in the SKU's base unit: g, ml or piece. */
export const baseQuantity = () => bigint({ mode: 'number' })
/** A point in time, with time zone. */
export const instant = () => timestamp({ withTimezone: true, mode: 'date' })
/** Business day in Asia/Shanghai, `YYYY-MM-DD`. A text column: no time-zone conversion can move it. */
export const serviceDay = () => text()
/** Rows made up for the demonstration (示例), never real facts. */
export const isSample = () => boolean().notNull().default(false)
/** The catalogue's version in which the row last changed; set by a trigger. */
export const changedIn = () => bigint({ mode: 'number' }).notNull().default(0)
