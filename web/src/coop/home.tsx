import { addDays, serviceDayOf } from '@huming/shared/days'
import { Link } from 'wouter'
import { t } from '../app/i18n.ts'
import { later } from '../app/later.tsx'
import { useLive } from '../app/live.ts'
import { useApi } from '../app/query.ts'
import { useMay } from '../app/session.ts'
import { Badge, StatusChip } from '../kit/badge.tsx'
import { LinkButton } from '../kit/button.tsx'
import { Card, PageHeader } from '../kit/page.tsx'
import { Loaded } from '../kit/states.tsx'
import { CallOffCard } from './call-offs.tsx'
import { LotCard } from './lots.tsx'
import { useSupplier } from './scope.tsx'
import { dayWords, momentWords } from './words.ts'

const News = later(async () => (await import('./news.tsx')).News, null)

/** What is to be done today: call-offs to answer, forecasts to make true, goods on the way. */
export function Home() {
  const { name, to } = useSupplier()
  const may = useMay()
  useLive(['lot.', 'callOff.', 'consignment.', 'cutoff.'], ['stock.', 'supply.'])
  return (
    <>
      <PageHeader title={t('coop.home.title')} sub={`${name} · ${dayWords(serviceDayOf(new Date()))}`}>
        {may('lot.write') && (
          <LinkButton to={to('/lots/new')} tone="main" icon="plus">
            {t('coop.lot.declare')}
          </LinkButton>
        )}
      </PageHeader>
      <div className="stack">
        <Stages />
        <News />
        <div className="coop-home">
          <ToAnswer />
          <ToMake />
          <OnTheWay />
        </div>
      </div>
    </>
  )
}

const counted = ['planned', 'made', 'shipped', 'received', 'held'] as const

/** How many lots are in each stage; each leads to its list. */
function Stages() {
  const { orgId, to } = useSupplier()
  const lots = useApi('stock.listLots', { query: { orgId, limit: 200 } })
  return (
    <Loaded query={lots}>
      {({ items, nextCursor }) => (
        <nav className="coop-stages" aria-label={t('coop.home.stages')}>
          {counted.map((stage) => {
            const count = items.filter((lot) => lot.stage === stage).length
            return (
              <Link key={stage} to={to(`/lots?stage=${stage}`)}>
                <b>
                  {count}
                  {nextCursor && count > 0 ? '+' : ''}
                </b>
                <StatusChip of="lot" status={stage} />
              </Link>
            )
          })}
        </nav>
      )}
    </Loaded>
  )
}

function ToAnswer() {
  const { orgId, to } = useSupplier()
  const asked = useApi('supply.listCallOffs', { query: { orgId, status: 'asked', limit: 20 } })
  const waiting = asked.data?.items.length ?? 0
  return (
    <Card
      title={t('coop.home.callOffs')}
      side={
        waiting > 0 ? (
          <Badge tone="warn">{waiting}</Badge>
        ) : (
          <LinkButton to={to('/call-offs')} tone="quiet">
            {t('coop.all')}
          </LinkButton>
        )
      }
    >
      <Loaded
        query={asked}
        empty={{
          when: (page) => page.items.length === 0,
          show: <p className="muted">{t('coop.home.noCallOffs')}</p>,
        }}
      >
        {(page) => (
          <div className="stack">
            {page.items.map((callOff) => (
              <CallOffCard key={callOff.id} callOff={callOff} />
            ))}
          </div>
        )}
      </Loaded>
    </Card>
  )
}

/** Forecasts whose day has come or is near: they must be made, or taken back. */
function ToMake() {
  const { orgId, to } = useSupplier()
  const planned = useApi('stock.listLots', { query: { orgId, stage: 'planned', limit: 200 } })
  const soon = addDays(serviceDayOf(new Date()), 2)
  return (
    <Card title={t('coop.home.toMake')}>
      <Loaded query={planned}>
        {({ items }) => {
          const due = items.filter((lot) => lot.readyDay <= soon)
          if (due.length === 0) return <p className="muted">{t('coop.home.noneToMake')}</p>
          return (
            <div className="stack">
              {due.slice(0, 10).map((lot) => (
                <LotCard key={lot.id} lot={lot} to={to(`/lots/${lot.id}`)} />
              ))}
            </div>
          )
        }}
      </Loaded>
    </Card>
  )
}

function OnTheWay() {
  const { orgId, to } = useSupplier()
  const expected = useApi('supply.listConsignments', { query: { orgId, view: 'expected', limit: 20 } })
  return (
    <Card
      title={t('coop.home.onTheWay')}
      side={
        <LinkButton to={to('/consignments')} tone="quiet">
          {t('coop.all')}
        </LinkButton>
      }
    >
      <Loaded
        query={expected}
        empty={{
          when: (page) => page.items.length === 0,
          show: <p className="muted">{t('coop.home.nothingOnTheWay')}</p>,
        }}
      >
        {(page) => (
          <ul className="coop-list">
            {page.items.map((one) => (
              <li key={one.id}>
                <Link to={to(`/consignments/${one.id}`)} className="coop-line">
                  <span className="grow">
                    <b>{one.plate || one.number}</b>
                    <span className="muted small">
                      {t('coop.consignment.expected', { at: momentWords(one.expectedAt) })} · {one.hub}
                    </span>
                  </span>
                  <StatusChip of="consignment" status={one.status} />
                </Link>
              </li>
            ))}
          </ul>
        )}
      </Loaded>
    </Card>
  )
}
