import { z } from 'zod'
import { contract } from '../contract.ts'
import { idField, serviceDayField, textField } from '../fields.ts'
import { BUYER_CLASS_IDS } from '../reference/buyer-classes.ts'
import { ZONE_IDS } from '../reference/zones.ts'
import {
  hubParams,
  methodChoice,
  pickMethods,
  shortageRules,
  toteCheckRules,
  waveBrief,
  waveParams,
} from './picking.ts'

const toteKindField = z.object({
  kind: z.string().regex(/^[a-z][a-z_]{1,19}$/),
  grams: z.int().min(1000).max(2_000_000),
  millilitres: z.int().min(1000).max(5_000_000),
  tareGrams: z.int().min(0).max(200_000),
})
const hubRuleFields = {
  shortageRule: z.enum(shortageRules),
  /** Buyer classes in the order in which `contract_first` serves them; `*` is everyone else. */
  classOrder: z
    .array(z.enum([...BUYER_CLASS_IDS, '*']))
    .min(1)
    .max(8),
  ssccPrefix: z.string().regex(/^\d{7,10}$/),
  checkRule: z.enum(toteCheckRules),
  checkToleranceBp: z.int().min(10).max(2000),
  toteKinds: z.array(toteKindField).min(1).max(6),
}
const pickRuleFields = {
  sequence: z.int().min(1).max(999),
  method: z.enum(pickMethods),
  zone: z.enum(ZONE_IDS).nullable(),
  category: textField(30).nullable(),
  buyerClass: z.enum(BUYER_CLASS_IDS).nullable(),
  catchWeight: z.boolean().nullable(),
  atDock: z.boolean().nullable(),
  minSites: z.int().min(1).max(100_000).nullable(),
  maxPacks: z.int().min(1).max(100_000).nullable(),
  note: textField(100),
  validFrom: serviceDayField,
  validTo: serviceDayField,
}
export const pickRuleShape = z.object({ id: idField, ...pickRuleFields })
export const hubRulesShape = z.object({
  hubId: idField,
  ...hubRuleFields,
  version: z.int(),
  /** Rules by which a method is chosen, first match wins. */
  rules: z.array(pickRuleShape),
})
/** How waves are picked: the rules of a hub, and what the lead decides for a wave. */
export const pickingRulesContracts = {
  'picking.chooseMethod': contract({
    method: 'PUT',
    path: '/api/waves/:id/methods/:choiceId',
    access: 'wave.release',
    summary: 'Pick a wave, an order or a pack otherwise than the rules say; no method takes the choice back',
    params: z.object({ id: idField, choiceId: idField }),
    body: z.object({
      orderId: idField.nullable().default(null),
      skuId: idField.nullable().default(null),
      method: z.enum(pickMethods).nullable(),
      reason: textField(100, 1),
    }),
    reply: z.array(methodChoice),
    problems: ['wrong_state'],
  }),
  'picking.splitWave': contract({
    method: 'POST',
    path: '/api/waves/:id/split',
    access: 'wave.release',
    summary: 'Move the orders of some districts out of a planned wave into one of their own',
    params: waveParams,
    body: z.object({
      id: idField,
      districts: z
        .array(z.string().regex(/^\d{6}$/))
        .min(1)
        .max(20),
    }),
    reply: waveBrief,
    problems: ['wrong_state', 'wave_empty'],
  }),
  'picking.hubRules': contract({
    method: 'GET',
    path: '/api/hubs/:hubId/picking',
    access: 'picking.read',
    summary: 'How a hub picks: sharing of shortage, checks, tote sizes, and the dated rules of method',
    params: hubParams,
    reply: hubRulesShape,
  }),
  'picking.writeHubRules': contract({
    method: 'PUT',
    path: '/api/hubs/:hubId/picking',
    access: 'wave.release',
    summary: 'Change how a hub shares shortage, checks totes and numbers them',
    params: hubParams,
    body: z.object({ ...hubRuleFields, version: z.int().min(0).max(2_147_483_647) }),
    reply: hubRulesShape,
    problems: ['stale_version'],
  }),
  'picking.writePickRule': contract({
    method: 'PUT',
    path: '/api/hubs/:hubId/pick-rules/:id',
    access: 'wave.release',
    summary: 'Add a dated rule of method, or change one; a rule ends by its last day',
    params: z.object({ hubId: idField, id: idField }),
    body: z.object(pickRuleFields),
    reply: hubRulesShape,
    problems: ['times_wrong', 'unknown_category'],
  }),
} as const
