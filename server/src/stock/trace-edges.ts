import { traceEdges } from '@huming/db/schema/tracing'
import type { Tx } from '../kernel/ctx.ts'

type Edge = {
  /** Base units of the lot that the goods come from. Negative takes back what an earlier edge said. */
  readonly quantity: number
  /** The event of the verb, and when it happened. */
  readonly eventId: string
  readonly at: Date
}

/**
 * One step of goods. `made_of`: goods of a lot went into the making of another; `toQuantity` is the part of the made
 * lot (in its base units) that stands for them, so that the edges from a lot never sum to more than the lot; where a
 * batch makes several lots, share each input over them. `moved`: goods of a lot became a lot of another hub, same
 * quantity. `picked`: lot → order. `delivered`: order → site, of which lot.
 */
export type GoodsEdge = Edge &
  (
    | {
        readonly kind: 'made_of'
        readonly fromId: string
        readonly toId: string
        readonly toQuantity: number
      }
    | { readonly kind: 'moved' | 'picked'; readonly fromId: string; readonly toId: string }
    | { readonly kind: 'delivered'; readonly fromId: string; readonly toId: string; readonly lotId: string }
  )

/** Rows of one statement; PostgreSQL takes 65,535 parameters. */
const rowsAtOnce = 5000

/**
 * Writes how goods went from lot to lot, order and site, in the transaction of the verb that moved them. Nothing is
 * ever changed or deleted: to undo, write the same edge with negative quantities. Edges of quantity 0 are left out.
 */
export async function linkGoods(tx: Tx, edges: readonly GoodsEdge[]): Promise<void> {
  const rows = edges
    .filter((edge) => edge.quantity !== 0)
    .map(({ kind, fromId, toId, quantity, eventId, at, ...rest }) => ({
      kind,
      fromId,
      toId,
      lotId: 'lotId' in rest ? rest.lotId : null,
      quantity,
      toQuantity: 'toQuantity' in rest ? rest.toQuantity : quantity,
      eventId,
      at,
    }))
  for (let i = 0; i < rows.length; i += rowsAtOnce)
    await tx.insert(traceEdges).values(rows.slice(i, i + rowsAtOnce))
}
