import { z } from 'zod'
import { contract } from '../contract.ts'
import { deciCelsiusField, idField, instantField, quantityField, textField } from '../fields.ts'
import { ZONE_IDS } from '../reference/zones.ts'
import { crateCounts } from './crates.ts'
import { consignmentShape, sealStates } from './supply.ts'

/** Why goods were not taken in. `missing`: declared but not in the vehicle. */
export const refuseReasons = [
  'missing',
  'damaged',
  'temperature',
  'quality',
  'expired',
  'wrong_goods',
  'papers',
] as const
/** Reasons one can see: they want a photo. */
export const seenReasons: readonly string[] = ['damaged', 'quality', 'wrong_goods']
/** What becomes of refused goods. Expired food never goes back to the supplier (上海市食品安全条例 Art. 29). */
export const refusedFates = ['driver', 'destroyed'] as const
/** What a lead or food safety may let pass with a reason. */
export const exceptionKinds = ['life', 'trip'] as const
/** Why a second person must confirm. */
export const secondPersonKinds = ['high_risk', 'value_above', 'buyer_class'] as const
/** How a trip's temperature is judged; `none`: not looked at yet. */
export const tripVerdicts = ['fine', 'warn', 'excursion', 'none'] as const
/** Text of a logger's file, at most. */
export const loggerTextMax = 200_000

const gramsField = z.int().min(0).max(100_000_000)
const lineParams = z.object({ id: idField, lineId: idField })
const countsShape = z.array(z.object({ typeId: idField, count: z.int() }))

const limitsShape = z.object({
  warnAboveDeciC: z.int().nullable(),
  warnForMinutes: z.int().nullable(),
  surfaceMaxDeciC: z.int().nullable(),
  coreMaxDeciC: z.int().nullable(),
  tripLogNeeded: z.boolean(),
  source: z.string(),
})
const tripLogShape = z.object({
  id: idField,
  zone: z.enum(ZONE_IDS),
  source: z.enum(['logger', 'manual']),
  device: z.string(),
  minDeciC: z.int(),
  maxDeciC: z.int(),
  readings: z.int(),
  minutesAbove: z.int(),
  gapMinutes: z.int().nullable(),
  firstAt: instantField.nullable(),
  lastAt: instantField.nullable(),
  verdict: z.enum(tripVerdicts),
  note: z.string(),
  by: z.string(),
  createdAt: instantField,
})
const weighingShape = z.object({
  id: idField,
  grossGrams: z.int(),
  tareGrams: z.int(),
  otherTareGrams: z.int(),
  netGrams: z.int(),
  crates: countsShape,
  scale: z.string(),
  by: z.string(),
  at: instantField,
  struckAt: instantField.nullable(),
})
const receiptLineShape = z.object({
  lineId: idField,
  lotId: idField,
  limits: limitsShape,
  trip: z.enum(tripVerdicts),
  /** Days left today, and how many the rule of the dock asks for. */
  remainingDays: z.int(),
  neededDays: z.int(),
  secondWhy: z.array(z.enum(secondPersonKinds)),
  exceptions: z.array(
    z.object({ kind: z.enum(exceptionKinds), reason: z.string(), by: z.string(), at: instantField }),
  ),
  weighings: z.array(weighingShape),
  /** Sums of the weighings that stand; null when there is none. */
  netGrams: z.int().nullable(),
  tareGrams: z.int().nullable(),
  count: z
    .object({
      accepted: z.int(),
      refused: z.int(),
      refuseReason: z.enum(refuseReasons).nullable(),
      refusedTo: z.enum(refusedFates).nullable(),
      disposal: z.string(),
      surfaceDeciC: z.int().nullable(),
      coreDeciC: z.int().nullable(),
      photoFileIds: z.array(idField),
      countedById: idField,
      countedBy: z.string(),
      countedAt: instantField,
      confirmedBy: z.string().nullable(),
      confirmedAt: instantField.nullable(),
    })
    .nullable(),
})

export const receiptShape = z.object({
  consignmentId: idField,
  zones: z.array(
    z.object({
      zone: z.enum(ZONE_IDS),
      limits: limitsShape,
      verdict: z.enum(tripVerdicts),
      logs: z.array(tripLogShape),
    }),
  ),
  lines: z.array(receiptLineShape),
  /** Full crates that came with it, and empties given back. */
  cratesIn: countsShape,
  cratesBack: countsShape,
})

const receiptProblems = [
  'wrong_state',
  'receipt_mismatch',
  'reason_missing',
  'fate_missing',
  'expired_not_back',
  'photo_missing',
  'trip_log_missing',
  'trip_too_warm',
  'temperature_missing',
  'too_warm',
  'lot_expired',
  'life_too_short',
  'weight_missing',
  'weight_out_of_tolerance',
  'licence_missing',
  'licence_expired',
  'licence_out_of_scope',
  'edible_basis_missing',
  'certificate_missing',
  'certificate_expired',
  'certificate_short',
] as const

export const receivingContracts = {
  'receiving.arrive': contract({
    method: 'POST',
    path: '/api/consignments/:id/arrive',
    access: 'receipt.write',
    summary: 'The vehicle is at the dock: seal checked, air temperature read',
    params: z.object({ id: idField }),
    body: z.object({ sealOk: z.enum(sealStates), airDeciC: deciCelsiusField.nullable().default(null) }),
    reply: consignmentShape,
    problems: ['wrong_state', 'temperature_missing'],
  }),
  'receiving.readReceipt': contract({
    method: 'GET',
    path: '/api/consignments/:id/receipt',
    access: 'supply.read',
    summary: 'What the dock found of a consignment, and the rules that hold for it',
    params: z.object({ id: idField }),
    reply: receiptShape,
  }),
  'receiving.addTripLog': contract({
    method: 'PUT',
    path: '/api/consignments/:id/trip-logs/:logId',
    access: 'receipt.write',
    summary: 'The trip’s temperature of a zone: a logger’s CSV, or lowest and highest read by hand',
    params: z.object({ id: idField, logId: idField }),
    body: z
      .object({
        zone: z.enum(ZONE_IDS),
        device: textField(40).default(''),
        /** Lines of time and ℃ as the logger writes them; Shanghai time unless the line says otherwise. */
        csv: z.string().max(loggerTextMax).nullable().default(null),
        manual: z
          .object({
            minDeciC: deciCelsiusField,
            maxDeciC: deciCelsiusField,
            /** Longest time on end above the warning value, as the device shows it. */
            minutesAbove: z.int().min(0).max(20_000).default(0),
          })
          .refine((range) => range.minDeciC <= range.maxDeciC, { path: ['maxDeciC'], message: 'below_min' })
          .nullable()
          .default(null),
        note: textField(200).default(''),
      })
      .refine((body) => (body.csv === null) !== (body.manual === null), {
        path: ['csv'],
        message: 'csv_or_manual',
      }),
    reply: receiptShape,
    problems: ['wrong_state', 'logger_unreadable', 'logger_other_trip', 'id_reused'],
  }),
  'receiving.weigh': contract({
    method: 'PUT',
    path: '/api/consignments/:id/lines/:lineId/weighings/:weighingId',
    access: 'receipt.write',
    summary: 'One weighing of a lot: gross, its crates and other tare; several are summed',
    params: lineParams.extend({ weighingId: idField }),
    body: z.object({
      grossGrams: gramsField.min(1),
      crates: crateCounts.default([]),
      /** Pallet, ice, wet paper: what is no crate. */
      otherTareGrams: gramsField.default(0),
      scale: textField(40).default(''),
    }),
    reply: receiptShape,
    problems: ['wrong_state', 'net_not_positive', 'crate_type_closed', 'id_reused'],
  }),
  'receiving.strikeWeighing': contract({
    method: 'POST',
    path: '/api/consignments/:id/lines/:lineId/weighings/:weighingId/strike',
    access: 'receipt.write',
    summary: 'A weighing was wrong: it no longer counts, and stays to be seen',
    params: lineParams.extend({ weighingId: idField }),
    reply: receiptShape,
    problems: ['wrong_state'],
  }),
  'receiving.grantException': contract({
    method: 'PUT',
    path: '/api/consignments/:id/lines/:lineId/exceptions/:exceptionId',
    access: 'receipt.except',
    summary: 'Let a lot in although too little of its life is left or its trip was too warm, with the reason',
    params: lineParams.extend({ exceptionId: idField }),
    body: z.object({ kind: z.enum(exceptionKinds), reason: textField(200, 2) }),
    reply: receiptShape,
    problems: ['wrong_state'],
  }),
  'receiving.receiveLine': contract({
    method: 'PUT',
    path: '/api/consignments/:id/lines/:lineId/receipt',
    access: 'receipt.write',
    summary: 'Count and measure one lot; accepted plus refused must be what was shipped',
    params: lineParams,
    body: z.object({
      accepted: quantityField,
      refused: quantityField.default(0),
      refuseReason: z.enum(refuseReasons).nullable().default(null),
      refusedTo: z.enum(refusedFates).nullable().default(null),
      /** How refused goods were destroyed: 染色, 毁形 … */
      disposal: textField(100).default(''),
      surfaceDeciC: deciCelsiusField.nullable().default(null),
      coreDeciC: deciCelsiusField.nullable().default(null),
      photoFileIds: z.array(idField).max(6).default([]),
    }),
    reply: consignmentShape,
    problems: receiptProblems,
  }),
  'receiving.confirmLine': contract({
    method: 'POST',
    path: '/api/consignments/:id/lines/:lineId/confirm',
    access: 'receipt.write',
    summary: 'The second person has seen the goods and confirms the count; only now they are in stock',
    params: lineParams,
    body: z.object({ accepted: quantityField }),
    reply: consignmentShape,
    problems: [...receiptProblems, 'same_person', 'count_differs'],
  }),
  'receiving.recountLine': contract({
    method: 'POST',
    path: '/api/consignments/:id/lines/:lineId/recount',
    access: 'receipt.write',
    summary: 'The second person found otherwise: the count is dropped and done again',
    params: lineParams,
    body: z.object({ reason: textField(200, 2) }),
    reply: receiptShape,
    problems: ['wrong_state'],
  }),
  'receiving.finish': contract({
    method: 'POST',
    path: '/api/consignments/:id/finish',
    access: 'receipt.write',
    summary: 'All lots are in or refused: close the receipt; crates that came and went back are counted',
    params: z.object({ id: idField }),
    body: z.object({ cratesIn: crateCounts.default([]), cratesBack: crateCounts.default([]) }),
    reply: consignmentShape,
    problems: ['wrong_state', 'lines_open', 'crate_type_closed'],
  }),
} as const
