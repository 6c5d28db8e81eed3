import { z } from 'zod'
import { contract } from '../contract.ts'
import { fenField, idField, okReply, serviceDayField, textField } from '../fields.ts'
import { BUYER_CLASS_IDS } from '../reference/buyer-classes.ts'
import { ZONE_IDS } from '../reference/zones.ts'
import { secondPersonKinds } from './receiving.ts'

const minuteField = z.int().min(0).max(1440)
const datedFields = { validFrom: serviceDayField, validTo: serviceDayField }
const slotFields = {
  /** 1 Monday … 7 Sunday; null is every day that has no slot of its own at these minutes. */
  weekday: z.int().min(1).max(7).nullable().default(null),
  fromMinute: minuteField.max(1439),
  toMinute: minuteField,
  /** Trucks at once, that is doors; 0 closes the slot. */
  capacity: z.int().min(0).max(100),
  ...datedFields,
}
const secondFields = {
  kind: z.enum(secondPersonKinds),
  /** Of `value_above`: the goods of a line are worth more than so many fen. */
  aboveFen: fenField.nullable().default(null),
  /** Of `buyer_class`: the lot is promised to a buyer of the class. */
  buyerClass: z.enum(BUYER_CLASS_IDS).nullable().default(null),
  ...datedFields,
  source: textField(100, 1),
}

/** The dated rules by which a dock works. */
export const dockRuleContracts = {
  'dockRules.read': contract({
    method: 'GET',
    path: '/api/hubs/:hubId/dock-rules',
    access: 'hub.read',
    summary: 'When and at how many doors a dock takes trucks, and what it asks of goods; not what is over',
    params: z.object({ hubId: idField }),
    reply: z.object({
      slots: z.array(z.object({ id: idField, ...slotFields })),
      secondPerson: z.array(z.object({ id: idField, ...secondFields })),
      life: z.array(
        z.object({
          id: idField,
          category: z.string().nullable(),
          part: z.int(),
          of: z.int(),
          ...datedFields,
          source: z.string(),
        }),
      ),
      temperature: z.array(
        z.object({
          id: idField,
          zone: z.enum(ZONE_IDS),
          /** The pack whose own label it is; empty = every pack of the zone. */
          pack: z.string(),
          warnAboveDeciC: z.int().nullable(),
          warnForMinutes: z.int().nullable(),
          surfaceMaxDeciC: z.int().nullable(),
          coreMaxDeciC: z.int().nullable(),
          tripLogNeeded: z.boolean(),
          ...datedFields,
          source: z.string(),
        }),
      ),
    }),
  }),
  'dockRules.writeSlot': contract({
    method: 'PUT',
    path: '/api/dock-slot-rules/:id',
    access: 'dock.plan',
    summary: 'From a day on the dock takes so many trucks in a slot; the latest row for its minutes holds',
    params: z.object({ id: idField }),
    body: z.object({ hubId: idField, ...slotFields }),
    reply: okReply,
    problems: ['id_reused', 'slot_overlaps'],
  }),
  'dockRules.writeSecondPerson': contract({
    method: 'PUT',
    path: '/api/second-person-rules/:id',
    access: 'receiptRule.write',
    summary: 'Add a dated rule of when two people must see a receipt, or say on which day one ends',
    params: z.object({ id: idField }),
    body: z.object(secondFields),
    reply: okReply,
    problems: ['id_reused'],
  }),
} as const
