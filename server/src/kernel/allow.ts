import { type Action, type Actor, can, type Resource, scopesOf } from '@huming/shared/permissions'
import type { Ctx } from './ctx.ts'
import { Fault } from './fault.ts'

/** First line of every verb: refuses with `forbidden` (no such right) or `not_found` (somebody else's row). */
export function allow(ctx: Pick<Ctx, 'actor'>, action: Action, resource?: Resource): void {
  const answer = can(ctx.actor, action, resource)
  if (answer !== true) throw new Fault(answer)
}

/** The signed-in person; a verb that only people do calls this. */
export function person(ctx: Pick<Ctx, 'actor'>): Extract<Actor, { kind: 'person' }> {
  if (ctx.actor.kind !== 'person') throw new Fault('forbidden')
  return ctx.actor
}

/** The acting person's id, or null when the clock or an event acts. */
export const personIdOf = (ctx: Pick<Ctx, 'actor'>): string | null =>
  ctx.actor.kind === 'person' ? ctx.actor.personId : null

/**
 * Which organisations a list may show: `'all'`, or the ids under the action's `own` / `principals` scopes.
 * Refuses when the actor does not hold the action at all.
 */
export function visibleOrgIds(ctx: Pick<Ctx, 'actor'>, action: Action): 'all' | string[] {
  allow(ctx, action)
  const scopes = scopesOf(ctx.actor, action)
  if (scopes.includes('all')) return 'all'
  if (ctx.actor.kind !== 'person') return []
  const ids = new Set<string>()
  if (scopes.includes('own')) ids.add(ctx.actor.orgId)
  if (scopes.includes('principals')) for (const id of ctx.actor.principalIds) ids.add(id)
  return [...ids]
}

/** Which hubs a list may show under the action's `hub` scope, or `'all'`. */
export function visibleHubIds(ctx: Pick<Ctx, 'actor'>, action: Action): 'all' | string[] {
  allow(ctx, action)
  const scopes = scopesOf(ctx.actor, action)
  if (scopes.includes('all')) return 'all'
  if (ctx.actor.kind !== 'person') return []
  return scopes.includes('hub') ? [...ctx.actor.hubIds] : []
}
