import type { On } from '../kernel/routes.ts'
import { correctCrates, handOver } from './hand-over.ts'
import { listBalances } from './list-balances.ts'
import { listMoves } from './list-moves.ts'
import { myCrates } from './my-crates.ts'
import { listTypes, writeType } from './write-type.ts'

export function crateRoutes(on: On): void {
  on('crates.types', (ctx) => listTypes(ctx))
  on('crates.writeType', (ctx, { params, body }) => writeType(ctx, params.id, body))
  on('crates.balances', (ctx, { params, query }) => listBalances(ctx, params.hubId, query))
  on('crates.mine', (ctx) => myCrates(ctx))
  on('crates.statement', (ctx, { params, query }) => listMoves(ctx, params.hubId, query))
  on('crates.handOver', (ctx, { params, body }) => handOver(ctx, { ...body, id: params.id }))
  on('crates.correct', (ctx, { params, body }) => correctCrates(ctx, { ...body, id: params.id }))
}
