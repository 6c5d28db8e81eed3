import { createHash, randomBytes, randomInt, timingSafeEqual } from 'node:crypto'
import { instantAt, type ServiceDay } from '@huming/shared/days'

/** A code is six digits, holds five minutes and takes five tries. */
export const codeMinutes = 5
export const codeTriesMax = 5
/** Codes sent by one link within an hour: no phone is flooded. */
export const codesPerHour = 20
/** A link holds until so long after the vehicle's shift. */
const hoursAfterShift = 12

/** 128 random bits. */
export const newToken = (): string => randomBytes(16).toString('base64url')
export const newCode = (): string => String(randomInt(1_000_000)).padStart(6, '0')
export const tokenHashOf = (token: string): string => createHash('sha256').update(token).digest('hex')

/** A code has few digits, so its hash is salted with its row; it lives for minutes. */
export const codeHashOf = (id: string, code: string): string =>
  createHash('sha256').update(`${id}/${code}`).digest('hex')

export const sameHash = (a: string, b: string): boolean =>
  a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b))

/** End of the shift of the run's day (minutes after midnight, Shanghai) and twelve hours. */
export const linkEndsAt = (day: ServiceDay, shiftTo: number): Date =>
  new Date(instantAt(day, shiftTo).getTime() + hoursAfterShift * 3_600_000)
