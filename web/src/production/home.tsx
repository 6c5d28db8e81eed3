import { Link, useSearchParams } from 'wouter'
import type { Reply } from '../app/api.ts'
import { t } from '../app/i18n.ts'
import { useLive } from '../app/live.ts'
import { useApi } from '../app/query.ts'
import { useMay } from '../app/session.ts'
import { useSupplier } from '../coop/scope.tsx'
import { dayWords } from '../coop/words.ts'
import { Badge, StatusChip } from '../kit/badge.tsx'
import { LinkButton } from '../kit/button.tsx'
import { Segmented } from '../kit/choose.tsx'
import { Card, PageHeader } from '../kit/page.tsx'
import { EmptyState, Loaded } from '../kit/states.tsx'
import './production.css'
import './texts.ts'
import { amount, nameOf } from './words.ts'

type Batch = Reply<'production.listBatches'>['items'][number]
type Demand = Reply<'production.demand'>

/** What is in hand, what orders ask for, and what must be bought for it. */
export function MakingHome() {
  const { orgId, to } = useSupplier()
  const may = useMay()
  const [search, setSearch] = useSearchParams()
  const days = Number(search.get('days')) || 3
  const batches = useApi('production.listBatches', { query: { orgId, limit: 60 } })
  const demand = useApi('production.demand', { query: { orgId, days } }, { keep: true, enabled: !!orgId })
  useLive(['batch.', 'lot.', 'material.', 'order.'], ['production.'])
  return (
    <>
      <PageHeader title={t('making.title')}>
        <LinkButton to={to('/making/recipes')} icon="document">
          {t('making.recipes')}
        </LinkButton>
        <LinkButton to={to('/making/store')} icon="warehouse">
          {t('making.store')}
        </LinkButton>
        {may('production.write') && (
          <LinkButton to={to('/making/plan')} tone="main" icon="plus">
            {t('making.plan')}
          </LinkButton>
        )}
      </PageHeader>
      <div className="coop-home">
        <div className="stack">
          <Loaded query={batches}>{({ items }) => <Batches items={items} />}</Loaded>
        </div>
        {orgId && (
          <div className="stack">
            <Segmented
              label={t('making.home.days')}
              value={String(days)}
              options={['1', '3', '7'].map((value) => ({
                value,
                label: t('making.home.nextDays', { count: value }),
              }))}
              onPick={(value) => setSearch({ days: value }, { replace: true })}
            />
            <Loaded query={demand}>{(found) => <Asked demand={found} />}</Loaded>
          </div>
        )}
      </div>
    </>
  )
}

const open = ['running', 'made', 'rejected', 'planned'] as const

function Batches({ items }: { items: readonly Batch[] }) {
  const inHand = open.flatMap((status) => items.filter((batch) => batch.status === status))
  const done = items.filter((batch) => batch.status === 'released').slice(0, 8)
  return (
    <>
      <Card title={t('making.home.today')}>
        {inHand.length === 0 ? (
          <EmptyState icon="box" title={t('making.home.none')} text={t('making.home.noneText')} />
        ) : (
          <BatchList items={inHand} />
        )}
      </Card>
      {done.length > 0 && (
        <Card title={t('making.home.done')}>
          <BatchList items={done} />
        </Card>
      )}
    </>
  )
}

function BatchList({ items }: { items: readonly Batch[] }) {
  const { to } = useSupplier()
  return (
    <ul className="coop-list">
      {items.map((batch) => (
        <li key={batch.id}>
          <Link to={to(`/making/batches/${batch.id}`)} className="coop-line">
            <span className="grow">
              <b>{nameOf(batch)}</b>
              <span className="muted small">
                {batch.number} · {dayWords(batch.plannedDay)} ·{' '}
                {batch.madeQuantity === null
                  ? t('making.batch.planned', { amount: amount(batch.plannedQuantity, batch) })
                  : t('making.batch.made', { amount: amount(batch.madeQuantity, batch) })}
              </span>
            </span>
            {batch.isSample && <Badge>{t('app.sampleMark')}</Badge>}
            <StatusChip of="productionBatch" status={batch.status} />
          </Link>
        </li>
      ))}
    </ul>
  )
}

/** What must be made for the orders, and what must be bought for that. */
function Asked({ demand }: { demand: Demand }) {
  return (
    <>
      <Card title={t('making.home.asked')}>
        <p className="muted small">{t('making.home.askedHint', { to: dayWords(demand.to) })}</p>
        {demand.make.length === 0 ? (
          <p className="muted">{t('making.home.noneAsked')}</p>
        ) : (
          <ul className="coop-list">
            {demand.make.map((one) => (
              <li key={`${one.skuId} ${one.lotId ?? ''}`}>
                <ToMake one={one} />
              </li>
            ))}
          </ul>
        )}
      </Card>
      <Card title={t('making.home.buy')}>
        {demand.buy.every((one) => one.missing === 0) ? (
          <p className="muted">{t('making.home.nothingToBuy')}</p>
        ) : (
          <ul className="coop-list">
            {demand.buy
              .filter((one) => one.missing > 0)
              .map((one) => (
                <li key={one.skuId} className="coop-line">
                  <span className="grow">
                    <b>{nameOf(one)}</b>
                    <span className="muted small">
                      {t('making.buy.needed', {
                        needed: amount(one.needed, one),
                        onHand: amount(one.onHand, one),
                      })}
                    </span>
                  </span>
                  <Badge tone="warn">{t('making.buy.missing', { amount: amount(one.missing, one) })}</Badge>
                </li>
              ))}
          </ul>
        )}
      </Card>
    </>
  )
}

function ToMake({ one }: { one: Demand['make'][number] }) {
  const { to } = useSupplier()
  const may = useMay()
  const query = new URLSearchParams({ recipe: one.recipeId, quantity: String(one.quantity) })
  if (one.lotId) query.set('lot', one.lotId)
  if (one.hubId) query.set('hub', one.hubId)
  return (
    <div className="coop-line">
      <span className="grow">
        <b>{nameOf(one)}</b>
        <span className="muted small">
          {t(one.hubId ? 'making.asked.ordered' : 'making.asked.needed', {
            amount: amount(one.ordered, one),
          })}{' '}
          · {t('making.asked.by', { day: dayWords(one.firstDay) })}
        </span>
      </span>
      {may('production.write') ? (
        <LinkButton to={to(`/making/plan?${query}`)} tone="main">
          {t('making.asked.make', { amount: amount(one.quantity, one) })}
        </LinkButton>
      ) : (
        <b className="num">{t('making.asked.make', { amount: amount(one.quantity, one) })}</b>
      )}
    </div>
  )
}
