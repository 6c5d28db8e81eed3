import { messages } from './messages.ts'

/** Sentences of the `driver` console. */
export const driverMessages = messages({
  'driver.title': ['送货', 'Delivery'],
})
