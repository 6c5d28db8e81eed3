import type { On } from '../kernel/routes.ts'
import { placeOrder } from './place-order.ts'

export function orderRoutes(on: On): void {
  on('orders.place', (ctx, { params, body }) => placeOrder(ctx, params.id, body))
}
