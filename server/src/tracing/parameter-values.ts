import { Fault } from '../kernel/fault.ts'

/** A query string as it came: a parameter may be given once or several times. */
export type Query = Readonly<Record<string, unknown>>

/** A parameter that is not known, is not well formed, or does not go with another. */
export const badParameter = (name: string, reason: string): Fault =>
  new Fault('epcis_query_bad', `${name}: ${reason}`, {
    params: { name: name.slice(0, 80) },
    pointers: [{ pointer: `/query/${name.slice(0, 80)}`, reason }],
  })

const valuesMax = 200

/** Values of a parameter: repeated, or parted by `|`. */
export function valuesOf(name: string, given: unknown): string[] {
  const values = [given].flat().flatMap((one) => String(one).split('|'))
  const texts = values.map((value) => value.trim()).filter((value) => value !== '')
  if (texts.length === 0) throw badParameter(name, 'has no value')
  if (texts.length > valuesMax) throw badParameter(name, `has more than ${valuesMax} values`)
  return texts
}

/** The value of a parameter that takes one. */
export function oneValue(name: string, values: readonly string[]): string {
  if (values.length !== 1) throw badParameter(name, 'takes one value')
  return values[0] as string
}

export function instantOf(name: string, values: readonly string[]): Date {
  const text = oneValue(name, values)
  const at = new Date(text)
  if (Number.isNaN(at.getTime()) || !/^\d{4}-\d{2}-\d{2}T/.test(text))
    throw badParameter(name, 'is no instant with a time zone')
  return at
}

/** Numbers of a comparison; only equality takes several. */
export function numbersOf(name: string, sign: string, values: readonly string[]): number[] {
  const numbers = values.map(Number)
  if (!numbers.every(Number.isFinite)) throw badParameter(name, 'is no number')
  return sign === 'EQ' ? numbers : [Number(oneValue(name, values))]
}

/** `EXISTS_…` says nothing by its value (a Void of the standard): nothing, `true` or `1` stand for it. */
export function refuseValue(name: string, given: unknown): void {
  const nothing = given === null || given === '' || given === true || given === 1
  if (!nothing && given !== 'true' && given !== '1') throw badParameter(name, 'takes no value but true')
}
