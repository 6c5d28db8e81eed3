import type { FastifyBaseLogger } from 'fastify'
import { maskedPhone } from '../routes/masked-phone.ts'

/** A message to a phone. `secret` parts (codes, addresses of links) never reach a log. */
export type TextMessage = { phone: string; purpose: 'driver_code' | 'driver_link'; text: string }
/** The door to whoever sends text messages; throws what went wrong. Never called inside a transaction. */
export type TextSender = { send: (message: TextMessage) => Promise<void> }

/** Where no provider is set up: notes that a message was due, to whom and why, but not what it said. */
export const logSender = (log: Pick<FastifyBaseLogger, 'info'>): TextSender => ({
  send: async ({ phone, purpose }) => {
    log.info({ phone: maskedPhone(phone), purpose }, 'text message')
  },
})
