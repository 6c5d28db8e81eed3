import { createContext, type ReactNode, useContext, useMemo, useSyncExternalStore } from 'react'
import type { Reply } from '../app/api.ts'
import { useApi } from '../app/query.ts'
import { recall } from '../app/remember.ts'
import { useMay, useMe } from '../app/session.ts'
import {
  type Basket,
  emptyBasket,
  keepBasket,
  keepOnDevice,
  linesOf,
  loadBasket,
  useBasket,
  watchDevice,
  withUnits,
} from './basket-store.ts'

export type Site = Reply<'accounts.readOrganisation'>['sites'][number]
export type Days = Reply<'orders.deliveryDays'>

type Shopping = {
  sites: readonly Site[]
  /** What is read to know the sites, for its loading and error states. */
  reading: { isPending: boolean; error: unknown; refetch: () => unknown }
  site: Site | undefined
  pickSite: (id: string) => void
  days: Days | undefined
  /** The delivery day in force: the chosen one while it is open, else the first open one. */
  day: string | null
  /** The day in force as the server tells it, with its cut-off. */
  open: Days['days'][number] | undefined
  /** The basket was filled for another day, which is not open any more. */
  moved: boolean
  pickDay: (day: string) => void
  /** Asks for the days again: a cut-off has passed. */
  rereadDays: () => void
  basket: Basket
  count: number
  setUnits: (skuId: string, units: number) => void
  change: (part: Partial<Basket>) => void
  /** Changes what the basket is at that moment; several calls in a row add up. */
  update: (by: (basket: Basket) => Basket) => void
  clear: () => void
}

const Context = createContext<Shopping | null>(null)

/** The sites of my organisation and the one in force: the one chosen on this device, else the first. */
function useSites() {
  const me = useMe()
  const org = useApi('accounts.readOrganisation', { params: { id: me.org.id } }, { staleTime: 300_000 })
  const key = `site.${me.org.id}`
  const siteId = useSyncExternalStore(watchDevice, () => recall(key))
  const sites = useMemo(() => org.data?.sites ?? [], [org.data])
  const site = sites.find((one) => one.id === siteId) ?? sites[0]
  return { org, sites, site, pickSite: (id: string) => keepOnDevice(key, id) }
}

/** How many lines are in the basket, for places outside the shop's frame. */
export function useBasketCount(): number {
  const basket = useBasket(useSites().site?.id)
  return linesOf(basket).length
}

/** The basket, site and day of whoever shops; drawn around every screen of the shop. */
export function ShoppingFrame({ children }: { children: ReactNode }) {
  const { org, sites, site, pickSite } = useSites()
  const may = useMay()
  const days = useApi(
    'orders.deliveryDays',
    { params: { siteId: site?.id ?? '' } },
    { enabled: site !== undefined && may('order.place'), every: 60_000 },
  )
  const siteId = site?.id
  const basket = useBasket(siteId)
  const shopping = useMemo((): Shopping => {
    const openDays = days.data?.days.filter((one) => one.open) ?? []
    const open = openDays.find((one) => one.day === basket.day) ?? openDays[0]
    const day = open?.day ?? null
    const update = (by: (now: Basket) => Basket) => {
      if (!siteId) return
      const next = by(loadBasket(siteId))
      // The day is settled with the first line: a cut-off that passes must not move an order unasked.
      keepBasket(siteId, linesOf(next).length > 0 ? { ...next, day: next.day ?? day } : next)
    }
    return {
      sites,
      reading: org,
      site,
      pickSite,
      days: days.data,
      day,
      moved: basket.day !== null && day !== null && basket.day !== day && linesOf(basket).length > 0,
      open,
      pickDay: (picked) => update((now) => ({ ...now, day: picked })),
      rereadDays: () => void days.refetch(),
      basket,
      count: linesOf(basket).length,
      setUnits: (skuId, units) => update((now) => withUnits(now, skuId, units)),
      change: (part) => update((now) => ({ ...now, ...part })),
      update,
      clear: () => update(() => emptyBasket()),
    }
    // Functions of the queries stay the same; their answers are what matters.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [sites, org.isPending, org.error, site, days.data, basket])
  return <Context value={shopping}>{children}</Context>
}

/** Where one shops, for when, and what is in the basket. */
export function useShopping(): Shopping {
  const shopping = useContext(Context)
  if (!shopping) throw new Error('outside the shop')
  return shopping
}
