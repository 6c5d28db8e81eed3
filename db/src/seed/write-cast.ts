import type { ServiceDay } from '@huming/shared/days'
import type { PaperRule } from '@huming/shared/gates'
import type { TransactionSql } from 'postgres'
import { hubs, mandates, memberships, organisations, people, sites } from '../schema/accounts.ts'
import { bins } from '../schema/bins.ts'
import { prices, products, skus, skuUnits } from '../schema/catalogue.ts'
import { crateTypes } from '../schema/crates.ts'
import { doorRules, tripCheckItems } from '../schema/driving.ts'
import { callOffTimes, confidenceRules, makingLeads, offerRules, timelineSteps } from '../schema/inbound.ts'
import { ledgerAccounts } from '../schema/ledger.ts'
import { closedDays, cutOffRules, guideItems } from '../schema/orders.ts'
import { papers } from '../schema/papers.ts'
import { hubPicking, pickRules } from '../schema/picking-rules.ts'
import { accessBans, planningWeights } from '../schema/planning.ts'
import { priceContractLines, priceContracts, referencePrices } from '../schema/pricing.ts'
import { materials, skuLabels } from '../schema/production.ts'
import { recipeInputs, recipeSteps, recipes } from '../schema/recipes.ts'
import { vehicles } from '../schema/routes.ts'
import { supplierTerms } from '../schema/settlement.ts'
import { dockSlots } from '../schema/way.ts'
import { binRows } from './cast/bins.ts'
import { crateTypeRows } from './cast/crates.ts'
import { doorRuleRows, tripCheckItemRows } from './cast/doors.ts'
import { vehicleRows } from './cast/fleet.ts'
import { priceRows, productRows, skuRows, unitRows } from './cast/goods.ts'
import {
  kitchenPrices,
  kitchenProducts,
  kitchenSkus,
  materialRows,
  recipeRows,
  skuLabelRows,
  storeBinRows,
  storeRows,
} from './cast/kitchen.ts'
import { paperRows, standingOf } from './cast/papers.ts'
import { accountRows, mandateTableRows, organisationRows } from './cast/parties.ts'
import { peopleRows } from './cast/people.ts'
import { hubPickingRows, pickRuleRows } from './cast/picking.ts'
import { buyerSites, hubRows, supplierSiteRows } from './cast/places.ts'
import {
  callOffTimeRows,
  confidenceRuleRows,
  dockSlotRows,
  makingLeadRows,
  offerRuleRows,
  timelineStepRows,
} from './cast/planning.ts'
import { contractRows } from './cast/price-contracts.ts'
import { accessBanRows, planningWeightRows } from './cast/routing.ts'
import { termsRows } from './cast/settlement.ts'
import { closedDayRows, cutOffRuleRows, guideRows } from './cast/terms.ts'
import { insertAll } from './insert.ts'

/** Writes who and what there is: parties, places, people, vehicles, goods, prices and terms. */
export async function writeCast(tx: TransactionSql, today: ServiceDay, passwordHash: string): Promise<void> {
  const staff = peopleRows(passwordHash)
  await insertAll(tx, organisations, organisationRows())
  await insertAll(tx, ledgerAccounts, accountRows())
  const held = paperRows(today)
  await insertAll(tx, supplierTerms, termsRows())
  await insertAll(tx, mandates, mandateTableRows(today))
  await insertAll(tx, hubs, [...hubRows, ...storeRows()])
  await insertAll(tx, bins, [...binRows(), ...storeBinRows()])
  await insertAll(tx, hubPicking, hubPickingRows())
  await insertAll(tx, pickRules, pickRuleRows())
  await insertAll(tx, sites, [...buyerSites().map((site) => site.row), ...supplierSiteRows()])
  await insertAll(tx, people, staff.people)
  await insertAll(tx, memberships, staff.memberships)
  await insertAll(tx, vehicles, vehicleRows())
  await insertAll(tx, papers, held)
  await insertAll(tx, doorRules, doorRuleRows())
  await insertAll(tx, tripCheckItems, tripCheckItemRows())
  await insertAll(tx, accessBans, accessBanRows())
  await insertAll(tx, planningWeights, planningWeightRows())
  const standing = standingOf(await readRules(tx), held, today)
  await insertAll(tx, products, productRows(standing))
  await insertAll(tx, skus, skuRows(standing))
  await insertAll(tx, products, kitchenProducts())
  await insertAll(tx, skus, kitchenSkus())
  await insertAll(tx, materials, materialRows())
  await insertAll(tx, skuLabels, skuLabelRows())
  const book = recipeRows(today)
  await insertAll(tx, recipes, book.recipes)
  await insertAll(tx, recipeInputs, book.inputs)
  await insertAll(tx, recipeSteps, book.steps)
  await insertAll(tx, skuUnits, unitRows())
  await insertAll(tx, prices, priceRows(today))
  const agreed = contractRows(today)
  await insertAll(tx, referencePrices, agreed.references)
  await insertAll(tx, priceContracts, agreed.contracts)
  await insertAll(tx, priceContractLines, agreed.lines)
  await insertAll(tx, prices, agreed.prices)
  await insertAll(tx, prices, kitchenPrices(today))
  await insertAll(tx, cutOffRules, cutOffRuleRows())
  await insertAll(tx, closedDays, closedDayRows(today))
  await insertAll(tx, timelineSteps, timelineStepRows())
  await insertAll(tx, callOffTimes, callOffTimeRows())
  await insertAll(tx, makingLeads, makingLeadRows())
  await insertAll(tx, offerRules, offerRuleRows())
  await insertAll(tx, confidenceRules, confidenceRuleRows())
  await insertAll(tx, dockSlots, dockSlotRows())
  await insertAll(tx, crateTypes, crateTypeRows)
  await insertAll(tx, guideItems, guideRows())
}

/** The rules of law come with the migrations, for every database alike. */
const readRules = async (tx: TransactionSql): Promise<PaperRule[]> => [
  ...(await tx<PaperRule[]>`
    select subject, goods, gates, need, days, valid_from as "validFrom", valid_to as "validTo" from paper_rules order by id`),
]
