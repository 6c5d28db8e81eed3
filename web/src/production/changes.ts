import type { Reply } from '../app/api.ts'

export type Batch = Reply<'production.readBatch'>
export type Receipt = Reply<'production.listReceipts'>['items'][number]

/** What changes when anything happens to a batch. */
export const batchChanges = [
  'production.readBatch',
  'production.listBatches',
  'production.demand',
  'production.listMaterials',
  'stock.listLots',
  'stock.readLot',
] as const

/** What changes when material comes or goes. */
export const receiptChanges = [
  'production.listReceipts',
  'production.listMaterials',
  'production.demand',
  'stock.listLots',
] as const
