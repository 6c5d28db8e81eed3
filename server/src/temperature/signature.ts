import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

/** What a device signs: everything it sends, in a form that no writing of JSON can change. */
export type Signed = {
  serial: string
  sentAt: string
  nonce: string
  readings: readonly {
    at: string
    probe?: number | undefined
    deciC: number
    humidity?: number | null | undefined
  }[]
}

/** A device signs with its 32 bytes, written in hex. */
export const newSecret = (): string => randomBytes(32).toString('hex')

/** HMAC-SHA256 in hex over the lines that the contract `temperature.send` names. */
export function signatureOf({ serial, sentAt, nonce, readings }: Signed, secret: string): string {
  const lines = readings.map(
    ({ at, probe, deciC, humidity }) => `${at},${probe ?? 0},${deciC},${humidity ?? ''}`,
  )
  return createHmac('sha256', Buffer.from(secret, 'hex'))
    .update(`${[serial, sentAt, nonce, ...lines].join('\n')}\n`)
    .digest('hex')
}

/** In the same time whatever is wrong. A device without a secret signs nothing. */
export function isSignedBy(message: Signed, signature: string, secret: string): boolean {
  if (secret === '') return false
  return timingSafeEqual(Buffer.from(signatureOf(message, secret), 'hex'), Buffer.from(signature, 'hex'))
}
