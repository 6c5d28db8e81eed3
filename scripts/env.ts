import { OperatorError } from '@huming/db/operator-error'
import { z } from 'zod'

const shape = z.object({
  PORT: z.coerce.number().int().min(1).max(65_535).default(8080),
  HOST: z.string().default('127.0.0.1'),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  REDIS_URL: z.url({ protocol: /^rediss?$/ }).optional(),
  DATA_DIR: z.string().default('.data'),
  SAMPLE_DATA: z.enum(['on', 'off']).default('on'),
  ID_SPACE: z.url({ protocol: /^https?$/ }).optional(),
  TRAVEL_TIMES: z.enum(['osrm', 'amap', 'tencent']).optional(),
  TRAVEL_TIMES_URL: z.url({ protocol: /^https?$/ }).optional(),
  TRAVEL_TIMES_KEY: z.string().optional(),
  STRIPE_SECRET_KEY: z.string().startsWith('sk_').optional(),
  STRIPE_PUBLISHABLE_KEY: z.string().startsWith('pk_').optional(),
  STRIPE_WEBHOOK_SECRET: z.string().startsWith('whsec_').optional(),
  STRIPE_HOST: z.url({ protocol: /^https?$/ }).optional(),
  SAMPLE_PAYMENTS: z.enum(['on', 'off']).default('on'),
})

/** What each variable must be, in words that finish the sentence `PORT must be …`. */
const meaning: Record<keyof Env, string> = {
  PORT: 'a whole number from 1 to 65535',
  HOST: 'an address of this machine, like 127.0.0.1 or 0.0.0.0',
  DATABASE_URL: 'an address like postgres://user:password@host:5432/name',
  REDIS_URL: 'an address like redis://host:6379',
  DATA_DIR: 'the path of a folder',
  SAMPLE_DATA: '"on" or "off"',
  ID_SPACE: 'an address like https://trace.example.cn',
  TRAVEL_TIMES: '"osrm", "amap" or "tencent"',
  TRAVEL_TIMES_URL: 'an address like https://host',
  TRAVEL_TIMES_KEY: 'the key the map service gave you',
  STRIPE_SECRET_KEY: 'the secret key of your Stripe account, sk_…',
  STRIPE_PUBLISHABLE_KEY: 'the publishable key of your Stripe account, pk_…',
  STRIPE_WEBHOOK_SECRET: 'the signing secret of the webhook, whsec_…',
  STRIPE_HOST: 'an address like http://127.0.0.1:12111',
  SAMPLE_PAYMENTS: '"on" or "off"',
}

/** The settings of the product, read from the environment. */
export type Env = z.infer<typeof shape>

/** Reads the settings; an empty variable counts as not set. */
export function readEnv(variables: NodeJS.ProcessEnv): Env {
  const given = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ''))
  const parsed = shape.safeParse(given)
  if (parsed.success) return parsed.data
  const name = parsed.error.issues[0]?.path[0] as keyof Env
  throw new OperatorError(`${name} must be ${meaning[name]}, but it is "${withoutPassword(given[name])}".`)
}

const withoutPassword = (value = '') => value.replace(/(:\/\/[^/@]*?:)[^@]*@/, '$1***@')
