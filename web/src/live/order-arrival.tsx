import { instantText } from '@huming/shared/days'
import { newId } from '@huming/shared/ids'
import { useState } from 'react'
import { locale, t } from '../app/i18n.ts'
import { useLive } from '../app/live.ts'
import { useAct, useApi } from '../app/query.ts'
import { useMay } from '../app/session.ts'
import { Button } from '../kit/button.tsx'
import { Card } from '../kit/page.tsx'
import { ProblemNote } from '../kit/states.tsx'
import { toast, toastProblem } from '../kit/toast.tsx'
import { ArrivalView } from './arrival.tsx'

/** When the order comes, as it looks now, and a link that shows the same to whoever receives it. */
export function OrderArrival({ orderId }: { orderId: string }) {
  const { data } = useApi('live.arrival', { params: { id: orderId } }, { every: 60_000, keep: true })
  useLive(['stop.', 'run.', 'order.'], ['live.arrival'])
  const mayShare = useMay()('order.edit')
  if (!data || data.state === 'cancelled') return null
  const open = data.state === 'preparing' || data.state === 'planned' || data.state === 'on_the_way'
  return (
    <Card title={t('arrival.title')}>
      <div className="stack">
        <ArrivalView arrival={data} />
        {mayShare && open && <Link orderId={orderId} links={data.links} />}
      </div>
    </Card>
  )
}

/** 32 random bytes in base64url. */
function newToken(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(32))
  return btoa(String.fromCodePoint(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '')
}

type Links = readonly { id: string; expiresAt: string }[]

function Link({ orderId, links }: { orderId: string; links: Links }) {
  const fresh = () => ({ id: newId(), token: newToken() })
  const [made, setMade] = useState(fresh)
  const [address, setAddress] = useState('')
  const make = useAct('live.makeLink', {
    changes: ['live.arrival'],
    onDone: () => setAddress(`${location.origin}/t/${made.token}`),
  })
  const end = useAct('live.endLink', {
    changes: ['live.arrival'],
    onDone: () => {
      setAddress('')
      setMade(fresh())
    },
  })
  const copy = () =>
    void navigator.clipboard.writeText(address).then(
      () => toast(t('arrival.linkCopied')),
      () => undefined,
    )
  const [link] = links
  return (
    <div className="stack" style={{ ['--gap' as string]: '8px' }}>
      <span className="muted small">{t('arrival.linkHint')}</span>
      {link && (
        <span className="small">
          {t('arrival.linkUntil', { time: instantText(new Date(link.expiresAt), locale()) })}
        </span>
      )}
      {address && (
        <>
          <span className="small">{t('arrival.linkOnce')}</span>
          <a className="arrival-link" href={address}>
            {address}
          </a>
        </>
      )}
      <div className="row">
        {address && (
          <Button tone="main" onClick={copy}>
            {t('arrival.linkCopy')}
          </Button>
        )}
        {link ? (
          <Button
            busy={end.isPending}
            onClick={() => end.mutate({ params: { id: link.id } }, { onError: toastProblem })}
          >
            {t('arrival.linkEnd')}
          </Button>
        ) : (
          <Button
            busy={make.isPending}
            onClick={() => make.mutate({ params: { id: made.id }, body: { orderId, token: made.token } })}
          >
            {t('arrival.linkMake')}
          </Button>
        )}
      </div>
      <ProblemNote error={make.error} />
    </div>
  )
}
