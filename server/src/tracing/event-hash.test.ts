import { expect, test } from 'vitest'
import { eventHash } from './event-hash.ts'

const example = { example: 'https://ns.example.com/epcis/' }
const epcis = 'https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld'

/** Worked example 1 of the algorithm's description (see fixtures/NOTICE.md). */
const extended = {
  type: 'ObjectEvent',
  eventTime: '2020-03-04T11:00:30.000+01:00',
  eventTimeZoneOffset: '+01:00',
  recordTime: '2020-03-04T11:00:30.999+01:00',
  epcList: [
    'urn:epc:id:sscc:4012345.0000000333',
    'urn:epc:id:sscc:4012345.0000000111',
    'urn:epc:id:sscc:4012345.0000000222',
  ],
  action: 'OBSERVE',
  bizStep: 'departing',
  readPoint: { id: 'urn:epc:id:sgln:4012345.00011.987' },
  'example:myField1': { 'example:mySubField1': '2', 'example:mySubField2': '5' },
  'example:myField2': '0',
  'example:myField3': { 'example:mySubField3': ['3', '1'] },
}

/** Worked example 2. */
const sensor = {
  type: 'ObjectEvent',
  eventTime: '2020-04-01T15:00:00+01:00',
  eventTimeZoneOffset: '+01:00',
  epcList: ['urn:epc:id:sgtin:4012345.011111.9876'],
  action: 'OBSERVE',
  bizStep: 'inspecting',
  readPoint: { id: 'urn:epc:id:sgln:4012345.00005.0' },
  sensorElementList: [
    {
      sensorMetadata: {
        deviceID: 'urn:epc:id:giai:4000001.111',
        deviceMetadata: 'https://id.gs1.org/8004/4000001111',
      },
      sensorReport: [
        { type: 'Temperature', value: 26, sDev: 0.1, uom: 'CEL' },
        { type: 'AbsoluteHumidity', value: 12.1, uom: 'A93' },
        {
          type: 'Dimensionless',
          microorganism: 'https://www.ncbi.nlm.nih.gov/taxonomy/1126011',
          value: 0.05,
          uom: 'C35',
        },
        {
          type: 'Dimensionless',
          chemicalSubstance: 'https://identifiers.org/inchikey:CZMRCDWAGMRECN-UGDNZRGBSA-N',
          value: 0.18,
          uom: 'C35',
        },
      ],
    },
  ],
}

/** Worked example 3. */
const parties = {
  type: 'ObjectEvent',
  eventTime: '2020-03-04T11:00:30+01:00',
  eventTimeZoneOffset: '+01:00',
  epcList: ['urn:epc:id:sgtin:0614141.011111.987'],
  action: 'OBSERVE',
  bizStep: 'departing',
  disposition: 'in_transit',
  readPoint: { id: 'urn:epc:id:sgln:4012345.00011.0', 'example:myField1': 'AB-12' },
  bizTransactionList: [{ type: 'po', bizTransaction: 'urn:epc:id:gdti:4012345.11111.123' }],
  sourceList: [{ type: 'owning_party', source: 'urn:epc:id:pgln:4012345.00000' }],
  destinationList: [{ type: 'owning_party', destination: 'urn:epc:id:pgln:0614141.00000' }],
  'example:userExt': 'CD-34',
}

const contexts = [epcis, example]
const digest = (hash: string): string => hash.slice('ni:///sha-256;'.length, -'?ver=CBV2.0'.length)

test.each([
  [
    extended,
    '6ae96341e0acc6d7a261364751f60e68278a81cdf51da0abb6b4e617014e39d7',
    '6ae96341e0acc6d7a261364751f60e68278a81cdf51da0abb6b4e617014e39d7',
  ],
  [
    sensor,
    '271565c346ae2fb28c4583c4dca4ab4772d465eb4e0b6e548d77d8b49377d95c',
    'f6bf8e2fb50f26f5baba52f722211eefdb0f427a3903c61ab015db6d1f93c3da',
  ],
  [
    parties,
    '3ae14c02c4bdc220cc31942cf804f6845eb8dec96ba6483391c92a9b165f9329',
    'e9273954ba78387caf181fe74038871990dbc97568d068123d0a8774b843e383',
  ],
])('the published worked examples have their hashes', (event, of20, of21) => {
  expect(digest(eventHash(event, contexts))).toBe(of20)
  expect(digest(eventHash(event, contexts, 'CBV2.1'))).toBe(of21)
})
