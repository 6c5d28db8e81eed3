import { messages } from './messages.ts'

/** Sentences of the `warehouse` console. */
export const warehouseMessages = messages({
  'warehouse.title': ['仓库', 'Warehouse'],
})
