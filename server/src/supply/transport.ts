import type { consignments } from '@huming/db/schema/supply'

type Row = typeof consignments.$inferSelect
/** Vehicle and times as requests carry them. */
export type Transport = {
  plate: string
  driverName: string
  driverPhone: string
  sealNumber: string
  setPointDeciC: number | null
  mode: string
  departsAt: string | null
  expectedAt: string | null
  note: string
}

/** Columns of a request's vehicle and times. */
export const transportOf = (body: Transport) => ({
  plate: body.plate,
  driverName: body.driverName,
  driverPhone: body.driverPhone,
  sealNumber: body.sealNumber,
  setPointDeciC: body.setPointDeciC,
  mode: body.mode,
  departsAt: body.departsAt === null ? null : new Date(body.departsAt),
  expectedAt: body.expectedAt === null ? null : new Date(body.expectedAt),
  note: body.note,
})

/** Does the row already say what the request says of vehicle and times? */
export function sameTransport(row: Row, body: Transport): boolean {
  const asked = transportOf(body)
  return (Object.keys(asked) as (keyof typeof asked)[]).every(
    (name) => plain(row[name]) === plain(asked[name]),
  )
}

const plain = (value: unknown): unknown => (value instanceof Date ? value.getTime() : value)
