import { createContext, type ReactNode, useContext } from 'react'
import { useMe } from '../app/session.ts'

/** For whom the screens work: one's own co-op, or the principal a broker acts for. */
export interface Supplier {
  /** Undefined for operations, who look at all suppliers and write for none. */
  orgId: string | undefined
  name: string
  /** A path of these screens as a link: brokers have them under each principal. */
  to: (path: string) => string
}

const Scope = createContext<Supplier | null>(null)

/** The supplier of the screen. */
export function useSupplier(): Supplier {
  const supplier = useContext(Scope)
  if (!supplier) throw new Error('a supplier screen outside a supplier')
  return supplier
}

/** A path of screens that suppliers share with others: under the principal where there is one, else as it is. */
export function useSharedPath(): (path: string) => string {
  const supplier = useContext(Scope)
  return supplier?.to ?? ((path) => path)
}

export function SupplierScope({ value, children }: { value: Supplier; children: ReactNode }) {
  return <Scope value={value}>{children}</Scope>
}

/** The co-op console: the organisation one is signed in for. */
export function OwnScope({ children }: { children: ReactNode }) {
  const { org } = useMe()
  const orgId = org.kind === 'coop' || org.kind === 'base' ? org.id : undefined
  return <SupplierScope value={{ orgId, name: org.name, to: (path) => path }}>{children}</SupplierScope>
}
