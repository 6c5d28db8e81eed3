import { createHmac, randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { FaultPlan } from './faults.ts'
import type { Event } from './objects.ts'

/** Where notices go, and the secret they are signed with. */
export type Hook = { readonly url: string; readonly secret: string }

/** Notices under way at one time. */
const lanes = 8
const delayMaxMs = 400
const triesMax = 4

/** `Stripe-Signature` of a body: HMAC-SHA256 over time and body. */
export function signatureOf(body: string, secret: string, seconds: number): string {
  const sum = createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex')
  return `t=${seconds},v1=${sum}`
}

/** Sends notices as the internet does: twice, late, in another order, forged, or never. */
export class Deliveries {
  readonly #hook: Hook
  readonly #plan: FaultPlan
  readonly #waiting: { body: string; signature: string; forged: boolean }[] = []
  #running = 0
  /** Forged notices that were taken all the same; a breach. */
  forgedTaken = 0
  forgedSent = 0
  sent = 0
  #closed = false

  constructor(hook: Hook, plan: FaultPlan) {
    this.#hook = hook
    this.#plan = plan
  }

  push(event: Event): void {
    const plan = this.#plan
    if (plan.draw('forge')) this.#forge(event)
    if (plan.draw('lose')) return
    const times = plan.draw('repeat') ? 2 + plan.number(3) : 1
    for (let i = 0; i < times; i += 1) {
      if (plan.draw('delay')) void this.#later(event, plan.number(delayMaxMs))
      else this.#enqueue(event)
    }
  }

  async #later(event: Event, ms: number): Promise<void> {
    await sleep(ms, undefined, { ref: false })
    if (!this.#closed) this.#enqueue(event)
  }

  #enqueue(event: Event): void {
    const body = JSON.stringify(event)
    const notice = {
      body,
      signature: signatureOf(body, this.#hook.secret, Math.floor(Date.now() / 1000)),
      forged: false,
    }
    if (this.#plan.draw('reorder'))
      this.#waiting.splice(this.#plan.number(this.#waiting.length + 1), 0, notice)
    else this.#waiting.push(notice)
    this.#pump()
  }

  /** A notice of a payment that never was, signed by somebody else, or an old signature under a new body. */
  #forge(event: Event): void {
    const id = `evt_${randomBytes(12).toString('hex')}`
    const body = JSON.stringify({ ...event, id, type: 'payment_intent.succeeded' })
    const now = Math.floor(Date.now() / 1000)
    const signature = this.#plan.number(2)
      ? signatureOf(body, 'whsec_of_somebody_else', now)
      : signatureOf(body, this.#hook.secret, now - 86_400)
    this.#waiting.push({ body, signature, forged: true })
    this.#pump()
  }

  #pump(): void {
    while (this.#running < lanes && this.#waiting.length > 0 && !this.#closed) {
      const notice = this.#waiting.shift()
      if (notice) void this.#send(notice)
    }
  }

  async #send(notice: { body: string; signature: string; forged: boolean }): Promise<void> {
    this.#running += 1
    for (let tries = 0; tries < (notice.forged ? 1 : triesMax) && !this.#closed; tries += 1) {
      const ok = await fetch(this.#hook.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'stripe-signature': notice.signature },
        body: notice.body,
        signal: AbortSignal.timeout(20_000),
      }).then(
        async (answer) => (await answer.arrayBuffer(), answer.ok),
        () => false,
      )
      this.sent += 1
      if (notice.forged) this.forgedSent += 1
      if (notice.forged && ok) this.forgedTaken += 1
      if (ok) break
      await sleep(50 * 2 ** tries, undefined, { ref: false })
    }
    this.#running -= 1
    this.#pump()
  }

  /** Whether nothing is on its way; delayed ones aside. */
  get idle(): boolean {
    return this.#running === 0 && this.#waiting.length === 0
  }

  close(): void {
    this.#closed = true
  }
}
