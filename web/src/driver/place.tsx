import { useEffect, useRef, useState } from 'react'
import type { Input } from '../app/api.ts'
import { t } from '../app/i18n.ts'
import { recall, remember } from '../app/remember.ts'
import { Button } from '../kit/button.tsx'
import { Card } from '../kit/page.tsx'

type Place = NonNullable<Input<'delivery.arrive'>['body']['place']>
export type Consent = 'yes' | 'no' | null

/** Older than this it says nothing about the door one stands at. */
const FRESH_MS = 120_000

/** Has the driver let this phone tell where it is on arriving? Null: not asked yet. */
export function useConsent(): [Consent, (given: 'yes' | 'no') => void] {
  const known = recall('place')
  const [consent, setConsent] = useState<Consent>(known === 'yes' || known === 'no' ? known : null)
  const give = (given: 'yes' | 'no') => {
    remember('place', given)
    setConsent(given)
  }
  return [consent, give]
}

/** Where the phone is now, as far as it knows; null: not allowed, not known or too old. It never makes one wait. */
export function usePlace(consent: Consent): () => Place | null {
  const last = useRef<{ at: number; place: Place } | null>(null)
  useEffect(() => {
    if (consent !== 'yes' || !('geolocation' in navigator)) return undefined
    const keep = ({ coords, timestamp }: GeolocationPosition) => {
      last.current = {
        at: timestamp,
        place: {
          lngE6: Math.round(coords.longitude * 1e6),
          latE6: Math.round(coords.latitude * 1e6),
          accuracyM: Math.min(100_000, Math.round(coords.accuracy)),
        },
      }
    }
    const options = { enableHighAccuracy: true, maximumAge: 60_000 }
    const id = navigator.geolocation.watchPosition(keep, () => undefined, options)
    return () => navigator.geolocation.clearWatch(id)
  }, [consent])
  return () => (last.current && Date.now() - last.current.at < FRESH_MS ? last.current.place : null)
}

/** Asks once on each phone, with what for and for how long (PIPL Art. 29: a location needs its own consent). */
export function AskPlace({ onGive }: { onGive: (given: 'yes' | 'no') => void }) {
  return (
    <Card title={t('driver.place.title')}>
      <p className="muted">{t('driver.place.text')}</p>
      <div className="driver-pair">
        <Button size="l" full onClick={() => onGive('no')}>
          {t('driver.place.no')}
        </Button>
        <Button size="l" full onClick={() => onGive('yes')}>
          {t('driver.place.yes')}
        </Button>
      </div>
    </Card>
  )
}
