import { expect } from 'vitest'
import type { TestApp } from '../test-app.ts'
import { lotUri } from '../tracing/own-uris.ts'
import type { Parties } from './parties.fixture.ts'

/** An EPCIS event about a lot, different for each lot. */
export const eventAbout = (code: string) => ({
  type: 'ObjectEvent',
  eventTime: '2026-11-20T08:00:00.000+08:00',
  eventTimeZoneOffset: '+08:00',
  action: 'OBSERVE',
  bizStep: 'inspecting',
  quantityList: [{ epcClass: lotUri(code, null), quantity: 5, uom: 'KGM' }],
})

export const documentAbout = (code: string) => ({
  '@context': ['https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld'],
  type: 'EPCISDocument',
  schemaVersion: '2.0',
  creationDate: '2026-11-20T08:00:00.000+08:00',
  epcisBody: { eventList: [eventAbout(code)] },
})

/** An event that the side's supplier has captured, the job of it, and a query that everybody's organisation has named. */
export async function tracedOf(t: TestApp, { guests }: Parties, lot: { code: string }) {
  const captured = await t.call('epcis.capture', { body: documentAbout(lot.code) }, guests.lister)
  expect(captured).toMatchObject({ status: 202, body: { success: true } })
  const [row] = await t.sql<{ eventId: string }[]>`
    select event_id as "eventId" from epcis_events where capture_id = ${captured.body.captureID}`
  const queryName = 'walked'
  const readers = Object.values(guests).filter((guest) => guest !== undefined)
  for (const guest of readers)
    await t.call('epcis.nameQuery', { body: { name: queryName, query: { EQ_bizStep: 'inspecting' } } }, guest)
  return {
    queryName,
    captureId: captured.body.captureID,
    eventId: row?.eventId as string,
    lotCode: lot.code,
  }
}
