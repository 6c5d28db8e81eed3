import { ZONES, type Zone } from '@huming/shared/reference/zones'
import type { Reply } from '../app/api.ts'
import { locale } from '../app/i18n.ts'

export type Way = Reply<'legs.read'>
export type Load = Reply<'supply.readConsignment'>

export const zoneName = (zone: Zone): string => ZONES[zone][locale()]
