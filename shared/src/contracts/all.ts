import type { Contract } from '../contract.ts'
import { accountContracts } from './accounts.ts'
import { systemContracts } from './system.ts'

/** Every door of the product by its route id. */
export const contracts = {
  ...systemContracts,
  ...accountContracts,
} as const satisfies Record<string, Contract>

export type Contracts = typeof contracts
export type RouteId = keyof Contracts
