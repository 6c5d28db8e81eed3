import { done, type On } from '../kernel/routes.ts'
import { browseCatalogue } from './browse-catalogue.ts'
import { declareLot } from './declare-lot.ts'
import { holdLot, releaseLot, stopLot } from './hold-lot.ts'
import { listLotPapers } from './list-lot-papers.ts'
import { listLots } from './list-lots.ts'
import { makeLot } from './make-lot.ts'
import { readLot } from './read-lot.ts'
import { readOfferedProduct } from './read-offered-product.ts'
import { withdrawLot } from './withdraw-lot.ts'
import { voidLotPaper, writeLotPaper } from './write-lot-paper.ts'

/** Lots, and the catalogue as buyers see it: what is offered depends on the lots there are. */
export function stockRoutes(on: On): void {
  on('catalogue.browse', (ctx, { query }) => browseCatalogue(ctx, query))

  on('catalogue.readProduct', (ctx, { params, query }) => readOfferedProduct(ctx, params.id, query))

  on('stock.listLots', (ctx, { query }) => listLots(ctx, query))

  on('stock.readLot', (ctx, { params }) => readLot(ctx, params.id))

  on('lotPapers.list', (ctx, { params }) => listLotPapers(ctx, params.id))

  on('lotPapers.write', (ctx, { params, body }) => writeLotPaper(ctx, params.id, body))

  on('lotPapers.void', async (ctx, { params, body }) => {
    await voidLotPaper(ctx, params.id, body.reason)
    return done
  })

  on('stock.declareLot', (ctx, { params, body }) => declareLot(ctx, params.id, body))

  on('stock.makeLot', (ctx, { params, body }) => makeLot(ctx, params.id, body))

  on('stock.withdrawLot', (ctx, { params, body }) => withdrawLot(ctx, params.id, body.reason))

  on('stock.holdLot', (ctx, { params, body }) => holdLot(ctx, params.id, body.reason))

  on('stock.stopLot', (ctx, { params, body }) => stopLot(ctx, params.id, body.reason))

  on('stock.releaseLot', (ctx, { params, body }) => releaseLot(ctx, params.id, body.reason))
}
