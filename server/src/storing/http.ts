import type { On } from '../kernel/routes.ts'
import { askTransfer, cancelTransfer } from './ask-transfer.ts'
import { closeBin, listBins, writeBin } from './bin-shelf.ts'
import { openCounts, submitCount } from './count-bin.ts'
import { listCounts, readCount } from './count-rows.ts'
import { cancelCount, decideCount } from './decide-count.ts'
import { cancelDisposal, listDisposals, witnessDisposal, writeDisposal } from './dispose.ts'
import { moveStock } from './move-stock.ts'
import { actOnNearExpiry, listNearExpiry } from './near-expiry.ts'
import { decideQuarantine, listQuarantines, quarantineGoods, testQuarantine } from './quarantine.ts'
import { listMovements, listStock, scanStock } from './read-stock.ts'
import { receiveTransfer } from './receive-transfer.ts'
import { listReplenishments } from './replenish.ts'
import { listReturns, setApart, takeBack } from './set-apart.ts'
import { shipTransfer } from './ship-transfer.ts'
import { listTransfers, transferDoc } from './transfer-rows.ts'

/** Goods within the house: where they lie, what is kept apart, counted, destroyed and sent on to another hub. */
export function storingRoutes(on: On): void {
  on('storing.listBins', (ctx, { query }) => listBins(ctx, query))
  on('storing.writeBin', (ctx, { params, body }) => writeBin(ctx, params.id, body))
  on('storing.closeBin', (ctx, { params, body }) => closeBin(ctx, params.id, body.closed))
  on('storing.listStock', (ctx, { query }) => listStock(ctx, query))
  on('storing.listMovements', (ctx, { query }) => listMovements(ctx, query))
  on('storing.scan', (ctx, { params, query }) => scanStock(ctx, params.hubId, query.code))
  on('storing.move', (ctx, { params, body }) => moveStock(ctx, params.id, body))
  on('storing.listReplenishments', (ctx, { query }) => listReplenishments(ctx, query.hubId))

  on('storing.quarantine', (ctx, { params, body }) => quarantineGoods(ctx, params.id, body))
  on('storing.listQuarantines', (ctx, { query }) => listQuarantines(ctx, query))
  on('storing.testQuarantine', (ctx, { params, body }) => testQuarantine(ctx, params.id, body.note))
  on('storing.decideQuarantine', (ctx, { params, body }) => decideQuarantine(ctx, params.id, body))
  on('storing.setApart', (ctx, { params, body }) => setApart(ctx, params.id, body))
  on('storing.takeBack', (ctx, { params, body }) => takeBack(ctx, params.id, body))
  on('storing.listReturns', (ctx, { query }) => listReturns(ctx, query))
  on('storing.writeDisposal', (ctx, { params, body }) => writeDisposal(ctx, params.id, body))
  on('storing.witnessDisposal', (ctx, { params }) => witnessDisposal(ctx, params.id))
  on('storing.cancelDisposal', (ctx, { params, body }) => cancelDisposal(ctx, params.id, body.reason))
  on('storing.listDisposals', (ctx, { query }) => listDisposals(ctx, query))
  on('storing.listNearExpiry', (ctx, { query }) => listNearExpiry(ctx, query))
  on('storing.actOnNearExpiry', (ctx, { params, body }) => actOnNearExpiry(ctx, params.id, body))

  on('storing.askTransfer', (ctx, { params, body }) => askTransfer(ctx, params.id, body))
  on('storing.listTransfers', (ctx, { query }) => listTransfers(ctx, query))
  on('storing.readTransfer', (ctx, { params }) => transferDoc(ctx.db, ctx, params.id))
  on('storing.cancelTransfer', (ctx, { params, body }) => cancelTransfer(ctx, params.id, body.reason))
  on('storing.shipTransfer', (ctx, { params, body }) => shipTransfer(ctx, params.id, body))
  on('storing.receiveTransfer', (ctx, { params, body }) => receiveTransfer(ctx, params.id, body))

  on('storing.openCounts', (ctx, { body }) => openCounts(ctx, body))
  on('storing.listCounts', (ctx, { query }) => listCounts(ctx, query))
  on('storing.readCount', (ctx, { params }) => readCount(ctx, params.id))
  on('storing.submitCount', (ctx, { params, body }) => submitCount(ctx, params.id, body))
  on('storing.decideCount', (ctx, { params, body }) => decideCount(ctx, params.id, body))
  on('storing.cancelCount', (ctx, { params, body }) => cancelCount(ctx, params.id, body.reason))
}
