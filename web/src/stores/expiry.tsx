import { useState } from 'react'
import type { Reply } from '../app/api.ts'
import { t } from '../app/i18n.ts'
import { useLive } from '../app/live.ts'
import { useAct, usePages } from '../app/query.ts'
import { useMay } from '../app/session.ts'
import { Badge } from '../kit/badge.tsx'
import { Button, LinkButton } from '../kit/button.tsx'
import { Dialog } from '../kit/dialog.tsx'
import { Stepper } from '../kit/number-field.tsx'
import { PageHeader } from '../kit/page.tsx'
import { EmptyState, Loaded, LoadMore, ProblemNote } from '../kit/states.tsx'
import { toastProblem } from '../kit/toast.tsx'
import { HubChoice, useHub } from '../warehouse/use-hub.tsx'
import { quantityOf } from '../warehouse/words.ts'
import { GoodsHead } from './goods.tsx'
import './texts.ts'

type Near = Reply<'storing.listNearExpiry'>['items'][number]

/** Lots near their last day by the ladder in force, what has expired first, and what the lead does about each. */
export function NearExpiry() {
  const hub = useHub()
  const [marking, setMarking] = useState<Near | null>(null)
  const { items, more, query } = usePages('storing.listNearExpiry', {
    query: { hubId: hub.hubId || undefined },
  })
  useLive(['lot.', 'stock.'], ['storing.listNearExpiry'])
  return (
    <>
      <PageHeader title={t('stores.expiry.title')} back="/stores">
        <HubChoice {...hub} />
      </PageHeader>
      <Loaded
        query={query}
        empty={{
          when: () => items.length === 0,
          show: <EmptyState icon="check" title={t('stores.expiry.none')} />,
        }}
      >
        {() => (
          <div className="cards" style={{ ['--card' as string]: '340px' }}>
            {items.map((one) => (
              <NearCard key={one.lotId} one={one} onMark={() => setMarking(one)} />
            ))}
          </div>
        )}
      </Loaded>
      <LoadMore more={more} size="l" />
      {marking && <MarkDialog key={marking.lotId} one={marking} onClose={() => setMarking(null)} />}
    </>
  )
}

function NearCard({ one, onMark }: { one: Near; onMark: () => void }) {
  const may = useMay()
  const act = useAct('storing.actOnNearExpiry', { changes: ['storing.listNearExpiry', 'storing.listStock'] })
  const go = (action: 'moved' | 'blocked') =>
    act.mutate({ params: { id: one.lotId }, body: { action } }, { onError: toastProblem })
  return (
    <article className="wh-card">
      <GoodsHead
        of={one}
        side={<Badge tone={one.daysLeft <= 1 ? 'bad' : 'warn'}>{leftWords(one.daysLeft)}</Badge>}
      />
      <span className="row">
        <span>
          {t('stores.onHand')} <b className="wh-loud">{quantityOf(one, one.onHand)}</b>
        </span>
        {one.promised > 0 && (
          <span>
            {t('stores.promised')} {quantityOf(one, one.promised)}
          </span>
        )}
      </span>
      <span className="muted small">{t('stores.expiry.rule', { days: one.thresholdDays })}</span>
      {one.action && (
        <span className="row">
          <Badge tone="good">{t(`stores.expiry.did.${one.action}`)}</Badge>
          {one.markdownBp !== null && <b>{one.markdownBp / 100}%</b>}
          <span className="muted small">{one.actedBy}</span>
        </span>
      )}
      {may('stock.move') && one.daysLeft < 0 && (
        <LinkButton
          to={`/stores?code=${encodeURIComponent(one.lotCode)}`}
          size="l"
          tone="danger"
          icon="trash"
        >
          {t('stores.expiry.clear')}
        </LinkButton>
      )}
      {may('stock.approve') && one.daysLeft >= 0 && (
        <span className="wh-pair">
          <Button size="l" onClick={onMark}>
            {t('stores.expiry.markdown')}
          </Button>
          <Button size="l" busy={act.isPending} onClick={() => go('moved')}>
            {t('stores.expiry.moved')}
          </Button>
          <Button size="l" tone="danger" busy={act.isPending} onClick={() => go('blocked')}>
            {t('stores.expiry.blocked')}
          </Button>
        </span>
      )}
    </article>
  )
}

function leftWords(days: number): string {
  if (days < 0) return t('stores.expiry.gone', { days: -days })
  return days === 0 ? t('stores.expiry.today') : t('stores.expiry.days', { days })
}

function MarkDialog({ one, onClose }: { one: Near; onClose: () => void }) {
  const [percent, setPercent] = useState<number | null>(30)
  const act = useAct('storing.actOnNearExpiry', { changes: ['storing.listNearExpiry'], onDone: onClose })
  const send = () =>
    act.mutate({ params: { id: one.lotId }, body: { action: 'markdown', markdownBp: (percent ?? 0) * 100 } })
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('stores.expiry.markdown')}
      foot={
        <Button tone="main" size="l" full busy={act.isPending} onClick={send}>
          {t('stores.expiry.markdown')}
        </Button>
      }
    >
      <div className="stack">
        <GoodsHead of={one} />
        <Stepper
          label={t('stores.expiry.percent')}
          size="l"
          value={percent}
          min={1}
          max={90}
          step={5}
          unit="%"
          onNumber={setPercent}
        />
        <ProblemNote error={act.error} />
      </div>
    </Dialog>
  )
}
