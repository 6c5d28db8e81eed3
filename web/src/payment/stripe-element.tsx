import { useEffect, useRef, useState } from 'react'
import { locale, t } from '../app/i18n.ts'
import { Button } from '../kit/button.tsx'
import { Note, Skeleton } from '../kit/states.tsx'
import type { PaymentDoc } from './words.ts'
import './texts.ts'

/** As much of Stripe.js as is used here. */
interface StripeJs {
  elements(options: { clientSecret: string; locale: 'zh' | 'en' }): Elements
  confirmPayment(options: {
    elements: Elements
    confirmParams: { return_url: string }
  }): Promise<{ error?: { message?: string } }>
}
interface Elements {
  create(kind: 'payment'): { mount(node: HTMLElement): void; destroy(): void }
}
declare global {
  interface Window {
    Stripe?: (publishableKey: string) => StripeJs
  }
}

// The release that goes with the API version of the server's client.
const source = 'https://js.stripe.com/endive/stripe.js'
let loading: Promise<void> | undefined

/** Loads Stripe.js from Stripe, as it demands; once, and again after a failure. */
function load(): Promise<void> {
  loading ??= new Promise<void>((done, fail) => {
    const script = document.createElement('script')
    script.src = source
    script.addEventListener('load', () => done())
    script.addEventListener('error', () => {
      loading = undefined
      script.remove()
      fail(new Error('Stripe.js did not load'))
    })
    document.head.append(script)
  })
  return loading
}

/** Stripe's Payment Element: card form, or the way to Alipay and WeChat Pay. What was paid is told by the server. */
export function StripeElement({ payment }: { payment: PaymentDoc }) {
  const { publishableKey, clientSecret } = payment.goOn ?? { publishableKey: '', clientSecret: '' }
  const place = useRef<HTMLDivElement>(null)
  const parts = useRef<{ stripe: StripeJs; elements: Elements } | null>(null)
  const [state, setState] = useState<'loading' | 'ready' | 'failed' | 'paying'>('loading')
  const [flaw, setFlaw] = useState('')
  useEffect(() => {
    let gone = false
    let end = () => {}
    load().then(
      () => {
        const stripe = window.Stripe?.(publishableKey)
        if (gone || !stripe || !place.current) return
        const elements = stripe.elements({ clientSecret, locale: locale() })
        const element = elements.create('payment')
        element.mount(place.current)
        parts.current = { stripe, elements }
        end = () => element.destroy()
        setState('ready')
      },
      () => setState('failed'),
    )
    return () => {
      gone = true
      end()
    }
  }, [publishableKey, clientSecret])
  const pay = async () => {
    if (!parts.current) return
    setState('paying')
    setFlaw('')
    const back = `${location.origin}/payments/${payment.id}?back=1`
    const { stripe, elements } = parts.current
    const { error } = await stripe.confirmPayment({ elements, confirmParams: { return_url: back } })
    setFlaw(error?.message ?? '')
    setState('ready')
  }
  if (state === 'failed') return <Note tone="bad">{t('pay.elementFailed')}</Note>
  return (
    <div className="stack">
      {state === 'loading' && <Skeleton lines={3} />}
      <div ref={place} role="group" aria-label={t('pay.element')} />
      {flaw && <Note tone="bad">{flaw}</Note>}
      <Button
        tone="main"
        size="l"
        full
        busy={state === 'paying'}
        disabled={state === 'loading'}
        onClick={() => void pay()}
      >
        {t('pay.toProvider')}
      </Button>
    </div>
  )
}
