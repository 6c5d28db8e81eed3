import { z } from 'zod'
import { contract } from '../contract.ts'
import {
  idField,
  instantField,
  pageOf,
  pageQuery,
  quantityField,
  serviceDayField,
  textField,
} from '../fields.ts'
import { packFields } from './supply.ts'

/** Instead of what is called off: another lot of the pack, the same later, or another pack of the product. */
export const offerKinds = ['other_lot', 'later_day', 'other_pack'] as const
export const offerStatuses = ['offered', 'accepted', 'refused', 'withdrawn'] as const

export const offerShape = z.object({
  id: idField,
  callOffId: idField,
  orgId: idField,
  supplier: z.string(),
  hubId: idField,
  hub: z.string(),
  kind: z.enum(offerKinds),
  status: z.enum(offerStatuses),
  /** The day called off, and the one the offered lot could serve. */
  askedDay: serviceDayField,
  day: serviceDayField,
  ...packFields,
  lotId: idField,
  lotCode: z.string(),
  /** Pack of the offered lot: of another SKU for `other_pack`. */
  lotSpec: z.string(),
  useByDay: serviceDayField,
  quantity: z.int(),
  movedQuantity: z.int(),
  note: z.string(),
  decideNote: z.string(),
  /** True when the rule took it, without a person. */
  byRule: z.boolean(),
  createdAt: instantField,
  decidedAt: instantField.nullable(),
})

export const offerContracts = {
  'offers.list': contract({
    method: 'GET',
    path: '/api/call-off-offers',
    access: 'supply.read',
    summary: 'What suppliers offer instead of what is called off, newest first',
    query: z.object({
      ...pageQuery,
      orgId: idField.optional(),
      callOffId: idField.optional(),
      status: z.enum(offerStatuses).optional(),
    }),
    reply: pageOf(offerShape),
  }),
  'offers.make': contract({
    method: 'PUT',
    path: '/api/call-off-offers/:id',
    access: 'supply.write',
    summary: 'Offer a lot instead; taken at once where the rule says so, else operations decide',
    params: z.object({ id: idField }),
    body: z.object({
      callOffId: idField,
      lotId: idField,
      quantity: quantityField.min(1),
      note: textField(200).default(''),
    }),
    reply: offerShape,
    problems: [
      'id_reused',
      'wrong_state',
      'offer_unfit',
      'lot_not_enough',
      'over_call_off',
      'licence_missing',
      'licence_expired',
      'licence_out_of_scope',
    ],
  }),
  'offers.decide': contract({
    method: 'POST',
    path: '/api/call-off-offers/:id/decide',
    access: 'supply.plan',
    summary: 'Accept an offer, so that promises move to it, or refuse it with a reason',
    params: z.object({ id: idField }),
    body: z.object({ accept: z.boolean(), note: textField(200).default('') }),
    reply: offerShape,
    problems: ['wrong_state', 'reason_missing', 'lot_not_enough', 'offer_unfit'],
  }),
  'offers.withdraw': contract({
    method: 'POST',
    path: '/api/call-off-offers/:id/withdraw',
    access: 'supply.write',
    summary: 'Take an offer back that nobody has decided yet',
    params: z.object({ id: idField }),
    reply: offerShape,
    problems: ['wrong_state'],
  }),
} as const
