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
import { goodsFields } from './storing.ts'

export const quarantineStatuses = ['waiting', 'testing', 'released', 'rejected'] as const
export const disposalStatuses = ['written', 'witnessed', 'cancelled'] as const
/** 染色, 毁形, 无害化处理, 焚烧. */
export const disposalMethods = ['dye', 'deform', 'render', 'burn'] as const
export const nearExpiryActions = ['markdown', 'moved', 'blocked'] as const

const byId = z.object({ id: idField })
const photos = z.array(idField).max(6).default([])

export const quarantineShape = z.object({
  id: idField,
  hubId: idField,
  hub: z.string(),
  ...goodsFields,
  bin: z.string(),
  quantity: z.int(),
  status: z.enum(quarantineStatuses),
  reason: z.string(),
  photoFileIds: z.array(idField),
  openedAt: instantField,
  openedBy: z.string().nullable(),
  testedAt: instantField.nullable(),
  testNote: z.string(),
  decidedAt: instantField.nullable(),
  decidedBy: z.string().nullable(),
  decision: z.string(),
})

export const disposalShape = z.object({
  id: idField,
  hubId: idField,
  hub: z.string(),
  ...goodsFields,
  binId: idField,
  bin: z.string(),
  quantity: z.int(),
  status: z.enum(disposalStatuses),
  method: z.enum(disposalMethods),
  reason: z.string(),
  place: z.string(),
  doneAt: instantField,
  photoFileIds: z.array(idField),
  doneById: idField,
  doneBy: z.string().nullable(),
  witnessBy: z.string().nullable(),
  witnessedAt: instantField.nullable(),
  keepUntil: serviceDayField,
  note: z.string(),
})

export const returnShape = z.object({
  id: idField,
  hubId: idField,
  ...goodsFields,
  bin: z.string(),
  quantity: z.int(),
  reason: z.string(),
  at: instantField,
  person: z.string().nullable(),
})

export const nearExpiryShape = z.object({
  hubId: idField,
  ...goodsFields,
  onHand: z.int(),
  promised: z.int(),
  daysLeft: z.int(),
  thresholdDays: z.int(),
  noticedAt: instantField.nullable(),
  action: z.enum(nearExpiryActions).nullable(),
  markdownBp: z.int().nullable(),
  note: z.string(),
  actedBy: z.string().nullable(),
  actedAt: instantField.nullable(),
})

const listQuery = { ...pageQuery, hubId: idField.optional(), lotId: idField.optional() }

export const storingApartContracts = {
  'storing.quarantine': contract({
    method: 'PUT',
    path: '/api/quarantines/:id',
    access: 'stock.hold',
    summary: 'Keep part of a lot apart until food safety has decided; promises move to other lots',
    params: byId,
    body: z.object({
      lotId: idField,
      fromBinId: idField,
      quantity: quantityField.min(1),
      reason: textField(200, 1),
      photoFileIds: photos,
    }),
    reply: quarantineShape,
    problems: ['bin_short', 'picks_stand_on_it', 'id_reused', 'bin_move_forbidden'],
  }),
  'storing.listQuarantines': contract({
    method: 'GET',
    path: '/api/quarantines',
    access: 'stock.read',
    summary: 'What is kept apart and why, newest first',
    query: z.object({
      ...listQuery,
      status: z.enum(quarantineStatuses).optional(),
      open: z.stringbool().optional(),
    }),
    reply: pageOf(quarantineShape),
  }),
  'storing.testQuarantine': contract({
    method: 'POST',
    path: '/api/quarantines/:id/test',
    access: 'stock.hold',
    summary: 'A sample is being tested',
    params: byId,
    body: z.object({ note: textField(200, 1) }),
    reply: quarantineShape,
    problems: ['wrong_state'],
  }),
  'storing.decideQuarantine': contract({
    method: 'POST',
    path: '/api/quarantines/:id/decide',
    access: 'stock.release',
    summary: 'Food safety releases what was kept apart, or has it destroyed',
    params: byId,
    body: z.object({ release: z.boolean(), reason: textField(200, 1) }),
    reply: quarantineShape,
    problems: ['wrong_state', 'lot_wrong_stage', 'goods_expired'],
  }),
  'storing.setApart': contract({
    method: 'PUT',
    path: '/api/goods-set-apart/:id',
    access: 'stock.move',
    summary: 'Bring damaged, expired or returned goods to where they wait to be destroyed',
    params: byId,
    body: z.object({
      lotId: idField,
      fromBinId: idField,
      quantity: quantityField.min(1),
      reason: textField(200, 1),
    }),
    reply: z.object({ lotId: idField, quantity: z.int(), bin: z.string() }),
    problems: ['bin_short', 'picks_stand_on_it', 'bin_move_forbidden', 'id_reused'],
  }),
  'storing.takeBack': contract({
    method: 'PUT',
    path: '/api/returned-goods/:id',
    access: 'stock.move',
    summary: 'Goods a buyer gave back come into the returns bin; they are only ever destroyed',
    params: byId,
    body: z.object({
      hubId: idField,
      lotId: idField,
      quantity: quantityField.min(1),
      reason: textField(200, 1),
    }),
    reply: returnShape,
    problems: ['over_return', 'id_reused'],
  }),
  'storing.listReturns': contract({
    method: 'GET',
    path: '/api/returned-goods',
    access: 'stock.read',
    summary: 'What came back from buyers, newest first',
    query: z.object(listQuery),
    reply: pageOf(returnShape),
  }),
  'storing.writeDisposal': contract({
    method: 'PUT',
    path: '/api/disposals/:id',
    access: 'stock.destroy',
    summary: 'How, where and when goods were made unusable, with photos; a second person confirms',
    params: byId,
    body: z.object({
      lotId: idField,
      binId: idField,
      quantity: quantityField.min(1),
      method: z.enum(disposalMethods),
      reason: textField(200, 1),
      place: textField(100, 1),
      doneAt: instantField,
      photoFileIds: z.array(idField).min(1).max(6),
      note: textField(500).default(''),
    }),
    reply: disposalShape,
    problems: ['bin_short', 'bin_move_forbidden', 'times_wrong', 'id_reused'],
  }),
  'storing.witnessDisposal': contract({
    method: 'POST',
    path: '/api/disposals/:id/witness',
    access: 'stock.destroy',
    summary: 'The second person saw it: the goods leave the books',
    params: byId,
    body: z.object({}),
    reply: disposalShape,
    problems: ['wrong_state', 'other_person_needed', 'bin_short'],
  }),
  'storing.cancelDisposal': contract({
    method: 'POST',
    path: '/api/disposals/:id/cancel',
    access: 'stock.destroy',
    summary: 'It was not done after all',
    params: byId,
    body: z.object({ reason: textField(200, 1) }),
    reply: disposalShape,
    problems: ['wrong_state'],
  }),
  'storing.listDisposals': contract({
    method: 'GET',
    path: '/api/disposals',
    access: 'stock.read',
    summary: 'Records of destruction, newest first',
    query: z.object({ ...listQuery, status: z.enum(disposalStatuses).optional() }),
    reply: pageOf(disposalShape),
  }),
  'storing.listNearExpiry': contract({
    method: 'GET',
    path: '/api/near-expiry',
    access: 'stock.read',
    summary: 'Lots near their last day by the ladder in force, and what has expired and still lies on sale',
    query: z.object(listQuery),
    reply: pageOf(nearExpiryShape),
  }),
  'storing.actOnNearExpiry': contract({
    method: 'POST',
    path: '/api/near-expiry/:id/act',
    access: 'stock.approve',
    summary:
      'Suggest a markdown to operations, bring the lot to the near-expiry bin, or block what is free of it',
    params: byId,
    body: z.object({
      action: z.enum(nearExpiryActions),
      markdownBp: z.int().min(100).max(9000).nullable().default(null),
      note: textField(200).default(''),
    }),
    reply: nearExpiryShape,
    problems: ['not_near_expiry', 'reason_missing'],
  }),
} as const
