import { z } from 'zod'
import { contract } from '../contract.ts'
import { failReasons } from '../door-reasons.ts'
import { idField, serviceDayField, textField } from '../fields.ts'
import { PROOFS } from '../proof.ts'
import { BUYER_CLASS_IDS } from '../reference/buyer-classes.ts'

const ruleFields = {
  /** Null: every class without a row of its own, and what is asked of a run before it leaves. */
  buyerClass: z.enum(BUYER_CLASS_IDS).nullable(),
  proofs: z.array(z.enum(PROOFS)).min(1).max(PROOFS.length),
  tripCheck: z.boolean(),
  preCoolPhoto: z.boolean(),
  unloadScan: z.boolean(),
  zoneReadings: z.boolean(),
  refusePhoto: z.boolean(),
  keyDropSet: z.boolean(),
  waitMinutes: z.int().min(0).max(120),
  waitReasons: z.array(z.enum(failReasons)).max(failReasons.length),
  weighToleranceBp: z.int().min(0).max(1000),
  /** How long a disinfection that a driver notes himself lasts, in days; of the row for all. */
  washDays: z.int().min(1).max(31),
  validFrom: serviceDayField,
  validTo: serviceDayField,
  /** Who agreed to it, or why. */
  source: textField(300, 1),
}
const ruleShape = z.object({ id: idField, ...ruleFields, isSample: z.boolean() })

/** What a door asks of a driver, by class of buyers and day. */
export const doorRuleContracts = {
  'doorRules.list': contract({
    method: 'GET',
    path: '/api/door-rules',
    access: 'run.read',
    summary: 'What doors ask of drivers, by class of buyers and day; the newest first, without what is over',
    reply: z.object({ items: z.array(ruleShape) }),
  }),
  'doorRules.write': contract({
    method: 'PUT',
    path: '/api/door-rules/:id',
    access: 'doorRule.write',
    summary: 'From a later day on doors ask for this; of a row that is there only the last day may be moved',
    params: z.object({ id: idField }),
    body: z.object(ruleFields),
    reply: ruleShape,
    problems: ['id_reused'],
  }),
} as const
