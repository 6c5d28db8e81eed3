import type { SanmingCode } from '@huming/shared/districts'
import type { Allergen } from '@huming/shared/reference/allergens'
import type { BuyerClass } from '@huming/shared/reference/buyer-classes'
import type { CategoryId } from '@huming/shared/reference/categories'
import type { EdibleBasis, PaperId } from '@huming/shared/reference/papers'
import type { TaxClass } from '@huming/shared/reference/taxes'
import type { Zone } from '@huming/shared/reference/zones'
import type { BaseUnit, UnitId } from '@huming/shared/units'
import type { SupplierKey } from './suppliers.ts'

/** A certificate behind a mark. The note says where it is known from; what is not sure waits for review. */
export type Mark = { kind: PaperId; note: string; sure: boolean; lapsed?: boolean }

/** 全国名特优新农产品 of a year, from the public list. It lapses when it is not confirmed each year. */
export const listed = (year: number, lapsed = false): Mark => ({
  kind: 'named_special',
  note: `${year}，公开名录`,
  sure: true,
  lapsed,
})
/** 国家地理标志保护产品. */
export const giProduct = (year?: number): Mark => ({
  kind: 'gi_product',
  note: `${year ? `${year}，` : ''}公开资料`,
  sure: true,
})
/** 地理标志商标. */
export const giTrademark = (sure = true): Mark => ({
  kind: 'gi_trademark',
  note: sure ? '公开资料' : '待核实',
  sure,
})
/** 农产品地理标志. */
export const agi = (sure = true): Mark => ({ kind: 'agri_gi', note: sure ? '公开资料' : '待核实', sure })

/** Harvest or making, 'MM-DD'; may run over the year's end. */
export type Season = { from: string; to: string; peak: boolean }
export const season = (from: string, to: string, peak = false): Season => ({ from, to, peak })

/** One orderable pack. Sizes in base units; prices are made up (SYN), in yuan. */
export type Pack = {
  readonly code: string
  readonly spec: string
  readonly base?: BaseUnit
  /** Ordering unit and its size. */
  readonly order: readonly [UnitId, number]
  /** Yuan per unit of so many base units; left out: per ordering unit. */
  readonly price: number
  readonly per?: readonly [UnitId, number]
  readonly units?: readonly (readonly [UnitId, number])[]
  readonly zone: Zone
  readonly lifeDays: number
  readonly storage: string
  readonly tax: TaxClass
  readonly allergens?: readonly Allergen[]
  readonly catchWeight?: boolean
  readonly min?: number
  readonly step?: number
  /** Weight and space of one ordering unit as it is loaded; left out: told from the size. */
  readonly gross?: number
  readonly millilitres?: number
  /** Steps of quantity with per cent off the list price. */
  readonly tiers?: readonly (readonly [fromUnits: number, percentOff: number])[]
  /** Per cent off for a class of buyers. */
  readonly classes?: Partial<Record<BuyerClass, number>>
  /** Ordering units the city takes on a usual day: the measure of stock and plans. */
  readonly daily: number
  /** Also kept at the sub-centre. */
  readonly atSubCentre?: boolean
}

export type Product = {
  readonly supplier: SupplierKey
  readonly county: SanmingCode
  readonly name: string
  readonly en: string
  readonly category: CategoryId
  /** Why a forest product may be eaten. */
  readonly edibleBasis?: EdibleBasis
  /** Its maker’s licence ran out: it is on file but not sold. */
  readonly lapsed?: boolean
  readonly picture: string
  readonly aliases: readonly string[]
  readonly codes: readonly string[]
  /** Harvest or making; empty: all year. */
  readonly seasons: readonly Season[]
  /** Fresh from the field: there are goods only within its seasons and as long after as the pack keeps. */
  readonly freshOnly?: boolean
  readonly marks: readonly Mark[]
  readonly description: string
  readonly story: string
  readonly packs: readonly Pack[]
}
