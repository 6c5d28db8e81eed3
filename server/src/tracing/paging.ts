import { z } from 'zod'
import { badParameter, type Query, valuesOf } from './parameter-values.ts'

const perPageDefault = 30
/** What a page may hold at most, whatever was asked for. */
export const perPageMax = 200
/** Larger numbers mean nothing here. */
const countMax = 100_000

/** One value of a parameter, or null when it is not given. */
export function oneOf(query: Query, name: string): string | null {
  if (query[name] === undefined) return null
  const values = valuesOf(name, query[name])
  if (values.length !== 1) throw badParameter(name, 'takes one value')
  return values[0] as string
}

/** A whole number from 1 up, or null when it is not given. */
export function wholeOf(query: Query, name: string): number | null {
  const given = oneOf(query, name)
  if (given === null) return null
  const value = Number(given)
  if (!Number.isInteger(value) || value < 1 || value > countMax)
    throw badParameter(name, `is a whole number from 1 to ${countMax}`)
  return value
}

export const perPageOf = (query: Query): number =>
  Math.min(wholeOf(query, 'perPage') ?? perPageDefault, perPageMax)

/** The next page's token where it is an id. */
export function cursorOf(query: Query): string | null {
  const token = oneOf(query, 'nextPageToken')
  if (token !== null && !z.uuid().safeParse(token).success)
    throw badParameter('nextPageToken', 'is no token of ours')
  return token
}
