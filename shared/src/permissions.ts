import {
  bookkeeping,
  buyerOrders,
  buyerReads,
  operationsReads,
  settlementDesk,
  supplierReads,
  warehouseRoles,
} from './permission-sets.ts'

/**
 * The one permission matrix, asked by server and web. Deny by default: what is not written here is refused.
 * Scope says on which rows: `own` organisation's, `principals` of a broker, `hub` of a warehouse, own `run` of a
 * driver, `all`. Governments see sums only (`aggregate`).
 */
export const roles = [
  'purchaser',
  'approver',
  'acceptor',
  'buyer_finance',
  'lister',
  'quality',
  'broker',
  'receiver',
  'picker',
  'dispatcher',
  'lead',
  'driver',
  'admin',
  'food_safety',
  'ops_finance',
  'government',
] as const
export type Role = (typeof roles)[number]

export const orgKinds = [
  'buyer',
  'coop',
  'base',
  'broker',
  'warehouse',
  'carrier',
  'operations',
  'government',
] as const
export type OrgKind = (typeof orgKinds)[number]

/** Which roles an organisation of a kind may give. */
export const rolesOfKind: Record<OrgKind, readonly Role[]> = {
  buyer: ['purchaser', 'approver', 'acceptor', 'buyer_finance'],
  coop: ['lister', 'quality'],
  base: ['lister', 'quality'],
  broker: ['broker'],
  warehouse: ['receiver', 'picker', 'dispatcher', 'lead'],
  carrier: ['driver'],
  operations: ['admin', 'food_safety', 'ops_finance'],
  government: ['government'],
}

export type Scope = 'own' | 'principals' | 'hub' | 'run' | 'aggregate' | 'all'

export const matrix = {
  purchaser: buyerOrders,
  approver: { ...buyerOrders, 'order.approve': 'own', 'person.write': 'own', 'statement.read': 'own' },
  acceptor: {
    ...buyerReads,
    'claim.write': 'own',
    'order.accept': 'own',
    'file.upload': 'own',
    'recallNotice.answer': 'own',
  },
  buyer_finance: {
    ...buyerReads,
    'claim.write': 'own',
    'file.upload': 'own',
    'statement.read': 'own',
    'statement.answer': 'own',
    'credit.read': 'own',
    'payment.read': 'own',
    'payment.write': 'own',
  },
  lister: {
    ...supplierReads,
    'bankAccount.write': 'own',
    'statement.answer': 'own',
    'lot.certify': 'own',
    'production.write': 'own',
    'product.write': 'own',
    'price.write': 'own',
    'contract.write': 'own',
    'lot.write': 'own',
    'supply.write': 'own',
    'file.upload': 'own',
  },
  quality: {
    ...supplierReads,
    'production.inspect': 'own',
    'lot.hold': 'own',
    'lot.certify': 'own',
    'file.upload': 'own',
  },
  broker: {
    'money.read': 'own',
    'mandate.read': 'own',
    'bankAccount.write': 'own',
    'principalOrder.read': 'principals',
    'commission.read': 'own',
    'commission.contest': 'own',
    'claim.read': 'principals',
    'claim.contest': 'principals',
    'quality.read': 'principals',
    'statement.read': 'own',
    'statement.answer': 'own',
    'trace.read': 'principals',
    'epcis.read': 'principals',
    'paper.read': 'principals',
    'paper.write': 'principals',
    'lot.certify': 'principals',
    'catalogue.manage': 'principals',
    'product.write': 'principals',
    'price.write': 'principals',
    'contract.write': 'principals',
    'contract.read': 'principals',
    'price.explain': 'principals',
    'reference.read': 'all',
    'taxRule.read': 'all',
    'lot.read': 'principals',
    'lot.write': 'principals',
    'supply.read': 'principals',
    'supply.write': 'principals',
    'principal.list': 'own',
    'org.read': 'own',
    'notice.read': 'own',
    'file.upload': 'own',
    'recallNotice.read': 'principals',
  },
  ...warehouseRoles,
  driver: {
    'temperature.read': 'run',
    'crate.read': 'run',
    'run.read': 'run',
    'packet.read': 'run',
    'run.drive': 'run',
    'run.load': 'run',
    'org.read': 'own',
    'notice.read': 'own',
    'file.upload': 'own',
  },
  admin: {
    ...operationsReads,
    ...bookkeeping,
    ...settlementDesk,
    'temperature.device': 'all',
    'epcis.capture': 'all',
    'paper.write': 'all',
    'paper.review': 'all',
    'org.write': 'all',
    'site.write': 'all',
    'person.write': 'all',
    'planRule.write': 'all',
    'accessBan.write': 'all',
    'doorRule.write': 'all',
    'calendar.write': 'all',
    'supply.plan': 'all',
    'cutoff.close': 'all',
    'credit.read': 'all',
    'credit.write': 'all',
    'payment.read': 'all',
    'queue.read': 'all',
    'queue.retry': 'all',
    'audit.run': 'all',
    'crate.writeOff': 'all',
    'crateType.write': 'all',
    'recall.read': 'all',
    'upload.read': 'all',
    'file.upload': 'own',
  },
  food_safety: {
    ...operationsReads,
    'claim.decide': 'all',
    'temperature.device': 'all',
    'temperature.acknowledge': 'all',
    'temperature.decide': 'all',
    'temperature.rule': 'all',
    'epcis.capture': 'all',
    'paper.write': 'all',
    'paper.review': 'all',
    'stock.hold': 'all',
    'stock.release': 'all',
    'stock.destroy': 'all',
    'lot.hold': 'all',
    'lot.certify': 'all',
    'receipt.except': 'all',
    'receiptRule.write': 'all',
    'recall.read': 'all',
    'upload.read': 'all',
    'recall.write': 'all',
    'upload.write': 'all',
    'file.upload': 'own',
  },
  ops_finance: {
    ...operationsReads,
    ...bookkeeping,
    ...settlementDesk,
    'payout.write': 'all',
    'contract.write': 'all',
    'reference.write': 'all',
    'taxRule.write': 'all',
    'credit.read': 'all',
    'credit.write': 'all',
    'payment.read': 'all',
    'payment.desk': 'all',
  },
  government: { 'report.read': 'aggregate', 'org.read': 'own' },
} as const satisfies Record<Role, Partial<Record<string, Scope>>>

type Keys<T> = T extends unknown ? keyof T : never
export type Action = Extract<Keys<(typeof matrix)[Role]>, string>

/** Who acts: a signed-in person in one organisation, nobody known, or the product itself by clock or event. */
export type Actor =
  | {
      kind: 'person'
      personId: string
      orgId: string
      orgKind: OrgKind
      roles: readonly Role[]
      /** Organisations a broker may act for today. */
      principalIds: readonly string[]
      /** Hubs a warehouse organisation runs. */
      hubIds: readonly string[]
      sessionId: string
      /** The session came by a driver's link: it may drive this run and nothing else. */
      runId?: string | null
    }
  | { kind: 'guest' }
  | { kind: 'system'; name: string }

/** What is touched, as far as it matters for the scope. */
export type Resource = {
  orgId?: string
  hubId?: string
  driverPersonId?: string | null
  runId?: string | null
}

/** The scopes under which the actor holds an action; empty = refused. */
export function scopesOf(actor: Actor, action: Action): Scope[] {
  if (actor.kind === 'system') return ['all']
  if (actor.kind === 'guest') return []
  const found = new Set<Scope>()
  for (const role of actor.roles) {
    const scope = (matrix[role] as Partial<Record<Action, Scope>>)[action]
    if (scope && !(actor.runId && scope !== 'run' && action !== 'file.upload')) found.add(scope)
  }
  return [...found]
}

/** `true`, or why not: `forbidden` (no role has the action) or `not_found` (it is somebody else's). */
export function can(actor: Actor, action: Action, resource?: Resource): true | 'forbidden' | 'not_found' {
  const scopes = scopesOf(actor, action)
  if (scopes.length === 0) return 'forbidden'
  if (!resource) return true
  return scopes.some((scope) => covers(scope, actor, resource)) ? true : 'not_found'
}

function covers(scope: Scope, actor: Actor, resource: Resource): boolean {
  if (scope === 'all') return true
  if (actor.kind !== 'person') return false
  const { orgId, hubId, driverPersonId, runId } = resource
  const covered: Record<Exclude<Scope, 'all'>, boolean> = {
    own: orgId === actor.orgId,
    principals: orgId !== undefined && actor.principalIds.includes(orgId),
    hub: hubId !== undefined && actor.hubIds.includes(hubId),
    run: driverPersonId === actor.personId && (!actor.runId || runId === actor.runId),
    aggregate: false,
  }
  return covered[scope]
}
