import type { ContractInput } from '@huming/shared/contract'
import type { Contracts, RouteId } from '@huming/shared/contracts/all'
import type { Action, Role } from '@huming/shared/permissions'
import type { InjectOptions } from 'fastify'
import type { Side } from './world.fixture.ts'

/** A true request of a door, for the walk over every door. */
export type Example<Id extends RouteId> = {
  /** What somebody in the role asks about a side's rows. */
  input: (side: Side, role: Role) => ContractInput<Contracts[Id]>
  /**
   * Whose rows are touched: `rows` of the side the input names, those of one's `own` organisation whoever asks, or
   * what `everyone` may see.
   */
  touches: 'rows' | 'own' | 'everyone'
  /** Action whose scope `all` opens the other side's rows, when it is not the door's own. */
  openedBy?: Action | 'nothing'
  /** Roles that hold the action for a narrower purpose and find nothing here. */
  blind?: readonly Role[]
  /** What is not one's own is passed over without a word. */
  quiet?: true
  /** Ids in the input that may be another side's, as `body.hubId`, and why. */
  free?: Record<string, string>
  /** Ids of the other side that it tells to whoever may enter. */
  tells?: (theirs: Side) => readonly string[]
  /** Lists of its reply that are the same for everybody. */
  common?: readonly string[]
  /** What it ends is not found by whoever asks again. */
  ends?: true
  /** The raw body of an upload. */
  raw?: InjectOptions
  /** The session ends by it. */
  endsSession?: true
}

/** An example for every door: a new contract without one does not compile. */
export type Examples = { [Id in RouteId]: Example<Id> }
