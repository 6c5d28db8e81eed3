import type { On } from '../kernel/routes.ts'
import { browseCatalogue } from './browse-catalogue.ts'
import { readOfferedProduct } from './read-offered-product.ts'

export function stockRoutes(on: On): void {
  on('catalogue.browse', (ctx, { query }) => browseCatalogue(ctx, query))

  on('catalogue.readProduct', (ctx, { params, query }) => readOfferedProduct(ctx, params.id, query))
}
