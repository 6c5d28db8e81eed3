import { z } from 'zod'
import { isServiceDay } from './days.ts'

/** Limits and shapes used by many contracts. Everything has a bound. */

/** UUID made by the caller (v7); in small letters from here on, so that equal ids are equal text. */
export const idField = z.uuid().toLowerCase()
/** A real calendar day: February the 30th is refused at the door. */
export const serviceDayField = z
  .string()
  .regex(/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/)
  .refine((day): boolean => isServiceDay(day), { message: 'no_such_day' })
/** Text people type: trimmed, no control characters, no lone surrogates. */
export const textField = (max: number, min = 0) =>
  z
    .string()
    .trim()
    .min(min)
    .max(max)
    .refine((s) => s.isWellFormed() && !hasControlCharacters(s), { message: 'control_characters' })
export const phoneField = z.string().regex(/^1[3-9]\d{9}$/)
/** Integer fen, never negative. */
export const fenField = z.int().min(0).max(100_000_000_000)
/** Base units (g, ml, piece). */
export const quantityField = z.int().min(0).max(1_000_000_000_000)
export const minuteField = z.int().min(0).max(1440)
/** Tenths of °C. */
export const deciCelsiusField = z.int().min(-600).max(600)
export const lngE6Field = z.int().min(73_000_000).max(136_000_000)
export const latE6Field = z.int().min(3_000_000).max(54_000_000)
/** From 1970 on: goods and people of this product have no earlier dates, and the database knows no year 0. */
export const instantField = z.iso
  .datetime({ offset: true })
  .refine((at): boolean => at >= '1970', { message: 'no_such_instant' })

/** `?limit=&cursor=` of every list. */
export const pageQuery = {
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: textField(200).optional(),
}
export const pageOf = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable() })
export const okReply = z.object({ ok: z.literal(true) })

/** True for C0 and C1 controls other than tab and line breaks. */
function hasControlCharacters(text: string): boolean {
  for (const ch of text) {
    const code = ch.codePointAt(0) ?? 0
    if ((code < 32 && code !== 9 && code !== 10 && code !== 13) || (code >= 127 && code < 160)) return true
  }
  return false
}
