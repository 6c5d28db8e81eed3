import type { Action, OrgKind } from '@huming/shared/permissions'
import type { ComponentType } from 'react'
import type { IconName } from '../kit/icon.tsx'
import type { TextKey, Texts } from './texts.ts'

export interface NavItem {
  /** Within the console: `/orders`. */
  to: string
  label: TextKey
  icon: IconName
  /** Shown only to those who may do this. */
  action?: Action
  /** A number beside the label: unread, to confirm. */
  Count?: ComponentType
}

export interface Screen {
  /** Within the console, with `:name` parameters read by `useParams()`. */
  path: string
  screen: ComponentType
}

/** One console: `web/src/<console>/area.tsx` exports it as `area`. */
export interface Area {
  title: TextKey
  messages: Texts
  /** The first four are at the thumb on a phone, the others behind "more". */
  nav: readonly NavItem[]
  screens: readonly Screen[]
  /** Drawn inside the shell around every screen: providers, banners. */
  Frame?: ComponentType<{ children: React.ReactNode }>
}

/** Where "home" leads: the console's own first page, else the shop's. */
export const startOf = (area: Area | undefined): string =>
  !area || area.screens.some((one) => one.path === '/') ? '/' : '~/'

export interface AreaDoor {
  base: string
  /** Kinds of organisation that work here; empty for everyone, signed in or not. */
  kinds: readonly OrgKind[]
  /** Further addresses of it, for a console whose screens name their whole path. */
  also?: readonly string[]
}

/** The consoles and their addresses; the shop is at the root. */
export const areaDoors = {
  coop: { base: '/coop', kinds: ['coop', 'base', 'operations'] },
  warehouse: { base: '/warehouse', kinds: ['warehouse', 'operations'] },
  driver: { base: '/driver', kinds: ['carrier'] },
  ops: { base: '/ops', kinds: ['operations'] },
  broker: { base: '/broker', kinds: ['broker'] },
  gov: { base: '/gov', kinds: ['government', 'operations'] },
  sellers: { base: '/sellers', kinds: [] },
  link: { base: '/d', kinds: [] },
  // Printed on packs: a GS1 Digital Link, or our own short address.
  trace: { base: '', kinds: [], also: ['/b', '/01', '/trace', '/t'] },
  shop: { base: '', kinds: ['buyer'] },
} as const satisfies Record<string, AreaDoor>

export type AreaName = keyof typeof areaDoors

const modules = import.meta.glob<{ area: Area }>([
  '../{coop,warehouse,driver,ops,broker,gov,sellers,link,trace,shop}/area.tsx',
])

/** Loads the code of a console; undefined while it has none. */
export async function loadArea(name: AreaName): Promise<Area | undefined> {
  return (await modules[`../${name}/area.tsx`]?.())?.area
}

/** The console an address belongs to. */
export function areaAt(path: string): AreaName {
  const names = Object.keys(areaDoors) as AreaName[]
  const under = (base: string) => path === base || path.startsWith(`${base}/`)
  const addresses = ({ base, also = [] }: AreaDoor) => [...(base === '' ? [] : [base]), ...also]
  return names.find((name) => addresses(areaDoors[name]).some(under)) ?? 'shop'
}
