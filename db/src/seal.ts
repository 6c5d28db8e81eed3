import { createCipheriv, createDecipheriv, randomBytes, scryptSync } from 'node:crypto'
import { OperatorError } from './operator-error.ts'

/** Without `SEAL_KEY` a key that anybody can know: for sample data only. */
const sampleKey = 'huming-sample-data'
const keys = new Map<string, Buffer>()

function keyOf(secret: string): Buffer {
  const known = keys.get(secret)
  if (known) return known
  const key = scryptSync(secret, 'huming seal', 32)
  keys.set(secret, key)
  return key
}

type Env = Readonly<Record<string, string | undefined>>

/**
 * Refuses with one sentence a product with real data and without `SEAL_KEY`: its bank account numbers would lie under a
 * key that anybody can know. With sample data alone the sample key will do.
 */
export function requireSealKey(env: Env, isSample: boolean): void {
  if (isSample || env['SEAL_KEY']) return
  throw new OperatorError(
    'SEAL_KEY must be set when SAMPLE_DATA is "off": a long random text under which bank account numbers are sealed. Keep it safe; without it they cannot be read again.',
  )
}

const secret = (): string => process.env['SEAL_KEY'] || sampleKey

/** A text that must not lie open in the database (bank account numbers), sealed by AES-256-GCM with `SEAL_KEY`. */
export function seal(text: string): string {
  const iv = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', keyOf(secret()), iv)
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return ['1', iv.toString('base64'), cipher.getAuthTag().toString('base64'), body.toString('base64')].join(
    '.',
  )
}

/** Opens what `seal` closed; throws when it was changed, or sealed with another key. */
export function unseal(sealed: string): string {
  const [version, iv = '', tag = '', body = ''] = sealed.split('.')
  if (version !== '1') throw new Error('not a sealed text')
  const decipher = createDecipheriv('aes-256-gcm', keyOf(secret()), Buffer.from(iv, 'base64'))
  decipher.setAuthTag(Buffer.from(tag, 'base64'))
  return decipher.update(Buffer.from(body, 'base64'), undefined, 'utf8') + decipher.final('utf8')
}
