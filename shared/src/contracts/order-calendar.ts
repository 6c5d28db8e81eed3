import { z } from 'zod'
import { contract } from '../contract.ts'
import { idField, instantField, okReply, serviceDayField, textField } from '../fields.ts'
import { BUYER_CLASS_IDS } from '../reference/buyer-classes.ts'
import { offerShape } from './catalogue.ts'

/** When and where may be ordered, what is ordered often, and on what credit. */
export const orderCalendarContracts = {
  'orders.deliveryDays': contract({
    method: 'GET',
    path: '/api/sites/:siteId/delivery-days',
    access: 'order.place',
    summary: 'The next delivery days of a site with cut-off, or why not',
    params: z.object({ siteId: idField }),
    reply: z.object({
      siteId: idField,
      minimumFen: z.int(),
      windowFrom: z.int(),
      windowTo: z.int(),
      days: z.array(
        z.object({
          day: serviceDayField,
          cutOffAt: instantField,
          open: z.boolean(),
          reason: z.enum(['cut_off_passed', 'day_closed', 'day_not_served']).nullable(),
          closedReason: z.string().nullable(),
        }),
      ),
    }),
  }),
  'orders.guide': contract({
    method: 'GET',
    path: '/api/sites/:siteId/guide',
    access: 'order.place',
    summary:
      'What this site orders again and again, with price and availability for a day and last quantities',
    params: z.object({ siteId: idField }),
    query: z.object({ day: serviceDayField.optional() }),
    reply: z.object({
      day: serviceDayField,
      items: z.array(
        z.object({
          offer: offerShape,
          pinned: z.boolean(),
          parUnits: z.int().nullable(),
          lastUnits: z.int().nullable(),
          lastDay: serviceDayField.nullable(),
          lastPriceCentifen: z.int().nullable(),
          timesOrdered: z.int(),
        }),
      ),
    }),
  }),
  'orders.pinGuideItem': contract({
    method: 'PUT',
    path: '/api/sites/:siteId/guide/:skuId',
    access: 'guide.write',
    summary: 'Keep a pack in the order guide, with its usual quantity',
    params: z.object({ siteId: idField, skuId: idField }),
    body: z.object({ pinned: z.boolean(), parUnits: z.int().min(1).max(9999).nullable().default(null) }),
    reply: okReply,
  }),
  'orders.credit': contract({
    method: 'GET',
    path: '/api/credit',
    access: 'credit.read',
    summary: 'Credit line of my organisation: limit, held, owed, available',
    query: z.object({ orgId: idField.optional() }),
    reply: z.object({
      orgId: idField,
      limitFen: z.int().nullable(),
      heldFen: z.int(),
      owedFen: z.int(),
      availableFen: z.int().nullable(),
    }),
  }),
  'orders.listCutOffs': contract({
    method: 'GET',
    path: '/api/hubs/:hubId/cut-offs',
    access: 'board.read',
    summary: 'Cut-offs of a hub by day and buyer class: due, closed, orders frozen',
    params: z.object({ hubId: idField }),
    query: z.object({
      from: serviceDayField.optional(),
      days: z.coerce.number().int().min(1).max(31).default(7),
    }),
    reply: z.object({
      items: z.array(
        z.object({
          day: serviceDayField,
          buyerClass: z.enum(BUYER_CLASS_IDS),
          cutOffAt: instantField,
          closedAt: instantField.nullable(),
          openOrders: z.int(),
          frozenOrders: z.int(),
        }),
      ),
    }),
  }),
  'orders.closeCutOff': contract({
    method: 'POST',
    path: '/api/hubs/:hubId/cut-offs/close',
    access: 'cutoff.close',
    summary:
      'Close the cut-off of a delivery day before its time (weather, festival), for one buyer class or all',
    params: z.object({ hubId: idField }),
    body: z.object({ day: serviceDayField, buyerClass: z.enum(BUYER_CLASS_IDS).nullable().default(null) }),
    reply: z.object({ frozenOrders: z.int(), lapsedOrders: z.int() }),
  }),
  'orders.writeClosedDay': contract({
    method: 'PUT',
    path: '/api/hubs/:hubId/closed-days/:day',
    access: 'calendar.write',
    summary: 'Close a delivery day of a hub, or open it again; placed orders of the day must be none',
    params: z.object({ hubId: idField, day: serviceDayField }),
    body: z.object({ closed: z.boolean(), reason: textField(60).default('') }),
    reply: okReply,
    problems: ['wrong_state'],
  }),
  'orders.hubs': contract({
    method: 'GET',
    path: '/api/hubs',
    access: 'signedIn',
    summary: 'The city warehouse and its sub-centres',
    reply: z.object({
      items: z.array(
        z.object({
          id: idField,
          name: z.string(),
          kind: z.string(),
          districtCode: z.string(),
          lngE6: z.int(),
          latE6: z.int(),
        }),
      ),
    }),
  }),
} as const
