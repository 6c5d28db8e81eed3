import { done, type On } from '../kernel/routes.ts'
import { listProducts } from './list-products.ts'
import { readManagedProduct } from './read-managed-product.ts'
import { writePrices } from './write-prices.ts'
import { writeProduct } from './write-product.ts'
import { writeSku } from './write-sku.ts'

/** What suppliers manage. What buyers browse needs stock and is mounted there. */
export function catalogueRoutes(on: On): void {
  on('catalogue.listProducts', (ctx, { query }) => listProducts(ctx, query))

  on('catalogue.readManagedProduct', (ctx, { params }) => readManagedProduct(ctx, params.id))

  on('catalogue.writeProduct', (ctx, { params, body }) => writeProduct(ctx, params.id, body))

  on('catalogue.writeSku', (ctx, { params, body }) => writeSku(ctx, params.id, body))

  on('catalogue.writePrices', async (ctx, { params, body }) => {
    await writePrices(ctx, params.id, body)
    return done
  })
}
