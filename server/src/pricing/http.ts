import { done, type On } from '../kernel/routes.ts'
import { endContract } from './end-contract.ts'
import { explain } from './explain.ts'
import { importReferences } from './import-references.ts'
import { listReferences } from './list-references.ts'
import { findBuyers, listContracts, readContract } from './read-contracts.ts'
import { listTaxRules, writeTaxRule } from './tax-rules.ts'
import { writeContract } from './write-contract.ts'

export function pricingRoutes(on: On): void {
  on('pricing.explain', (ctx, { params, query }) => explain(ctx, params.id, query))
  on('pricing.listContracts', (ctx, { query }) => listContracts(ctx, query))
  on('pricing.findBuyers', (ctx, { query }) => findBuyers(ctx, query.search))
  on('pricing.readContract', (ctx, { params }) => readContract(ctx, params.id))
  on('pricing.writeContract', async (ctx, { params, body }) => {
    await writeContract(ctx, params.id, body)
    return done
  })
  on('pricing.endContract', async (ctx, { params, body }) => {
    await endContract(ctx, params.id, body.lastDay)
    return done
  })
  on('pricing.listReferences', (ctx, { query }) => listReferences(ctx, query))
  on('pricing.importReferences', (ctx, { params, body }) => importReferences(ctx, params.id, body))
  on('pricing.taxRules', (ctx) => listTaxRules(ctx))
  on('pricing.writeTaxRule', async (ctx, { params, body }) => {
    await writeTaxRule(ctx, params.id, body)
    return done
  })
}
