import { hash } from 'node:crypto'
import type { ContractParsed } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { allow, person } from '../kernel/allow.ts'
import type { Ctx, Sql } from '../kernel/ctx.ts'
import type { PlaceAsk, PlaceReply } from './decide-order.ts'
import { Gathered } from './gathered.ts'
import { placeBatch } from './place-batch.ts'

type Body = ContractParsed<Contracts['orders.place']>['body']

/**
 * One batch at a time measured best (`pnpm bench orders`): two wait for each other's lots and are half as full.
 * Several server processes run theirs side by side.
 */
const batchMax = 64
/** Whoever waits for a lock that long is left to it; at most so many. */
const slowMs = 200
const runningMax = 4
/** More than a process places in half a minute: whoever comes then is told to come back. */
const waitingMax = 10_000

/** One gathering place per database client, that is per process. */
const queues = new WeakMap<Sql, Gathered<PlaceAsk, PlaceReply>>()

function queueOf(sql: Sql): Gathered<PlaceAsk, PlaceReply> {
  let queue = queues.get(sql)
  if (!queue) {
    queue = new Gathered({
      run: (asks) => placeBatch(sql, asks),
      keyOf: (ask) => ask.id,
      batchMax,
      slowMs,
      runningMax,
      waitingMax,
    })
    queues.set(sql, queue)
  }
  return queue
}

/**
 * Places an order, or changes it until its cut-off (`version` = the one seen): goods are promised and credit is
 * held in the same transaction. The same request again gives the same answer. Orders that arrive together commit
 * together; each is accepted or refused by itself.
 */
export function placeOrder(ctx: Ctx, id: string, body: Body): Promise<PlaceReply> {
  allow(ctx, 'order.place')
  return queueOf(ctx.sql).add({
    ...body,
    id: id.toLowerCase(),
    siteId: body.siteId.toLowerCase(),
    lines: body.lines.map(({ skuId, units }) => ({ skuId: skuId.toLowerCase(), units })),
    hash: hashOf(body),
    actor: person(ctx),
    now: ctx.now,
    locale: ctx.locale,
  })
}

/** Tells one request from another; ids are written in either case. */
function hashOf({ lines, ...body }: Body): string {
  const parts = [
    body.siteId.toLowerCase(),
    body.day,
    body.windowFrom,
    body.windowTo,
    body.expectedTotalFen,
    body.version,
    body.shortageRule,
    body.note,
    ...lines.flatMap((line) => [line.skuId.toLowerCase(), line.units]),
  ]
  return hash('sha256', JSON.stringify(parts), 'base64url')
}
