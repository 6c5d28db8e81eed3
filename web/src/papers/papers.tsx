import { serviceDayOf } from '@huming/shared/days'
import { isPaperId, PAPERS } from '@huming/shared/reference/papers'
import { useState } from 'react'
import { Link } from 'wouter'
import type { Reply } from '../app/api.ts'
import { comma, t } from '../app/i18n.ts'
import { useLive } from '../app/live.ts'
import { useApi, usePages } from '../app/query.ts'
import { useMay } from '../app/session.ts'
import { useSupplier } from '../coop/scope.tsx'
import { Badge } from '../kit/badge.tsx'
import { LinkButton } from '../kit/button.tsx'
import { Card, PageHeader } from '../kit/page.tsx'
import { EmptyState, Loaded, LoadMore, Note, Skeleton } from '../kit/states.tsx'
import { FleetNeeds } from './fleet.tsx'
import { dayWords, paperName, standingTone } from './words.ts'
import './papers.css'
import './texts.ts'

export type Paper = Reply<'papers.list'>['items'][number]

/** Nothing can be done about these any more. */
const past: readonly string[] = ['revoked', 'withdrawn']
const groups = ['organisation', 'product', 'mark', 'vehicle', 'person', 'past'] as const

/** The group a paper is shown under: what no longer counts comes last. */
function groupOf(paper: Paper): (typeof groups)[number] {
  if (past.includes(paper.standing)) return 'past'
  const of = isPaperId(paper.kind) ? PAPERS[paper.kind].of : 'organisation'
  return of === 'lot' ? 'organisation' : of
}

/** A supplier's papers: what is off sale for want of one first, then each with its standing. */
export function Papers() {
  const { orgId, to } = useSupplier()
  const may = useMay()
  const { query, items, more } = usePages('papers.list', { query: { orgId, limit: 200 } })
  useLive(['paper.'], ['papers.'])
  const shown = Map.groupBy(items, groupOf)
  return (
    <>
      <PageHeader title={t('papers.title')}>
        {may('paper.write') && orgId && (
          <LinkButton to={to('/papers/new')} tone="main" icon="plus">
            {t('papers.add')}
          </LinkButton>
        )}
      </PageHeader>
      <div className="stack papers-page">
        {orgId && may('catalogue.manage') && <Needs orgId={orgId} />}
        {orgId && <FleetNeeds orgId={orgId} />}
        {query.isPending ? (
          <Skeleton />
        ) : items.length === 0 ? (
          <EmptyState icon="shield" title={t('papers.none')} text={t('papers.noneText')} />
        ) : (
          groups.map((group) => {
            const papers = shown.get(group) ?? []
            if (papers.length === 0) return null
            return (
              <Card key={group} title={t(`papers.group.${group}`)}>
                <ul className="papers-list">
                  {papers.map((paper) => (
                    <PaperLine key={paper.id} paper={paper} to={to(`/papers/${paper.id}`)} />
                  ))}
                </ul>
              </Card>
            )
          })
        )}
        <LoadMore more={more} />
      </div>
    </>
  )
}

/** One paper in a list: name, number, last day, standing. */
function PaperLine({ paper, to }: { paper: Paper; to: string }) {
  return (
    <li>
      <Link to={to} className="papers-line">
        <span className="grow">
          <b>{paperName(paper.kind)}</b>
          {paper.products.length > 0 && <span className="small">{paper.products.join(comma())}</span>}
          <span className="muted small">
            {[paper.about, paper.number].filter(Boolean).join(' · ')} ·{' '}
            {t('papers.lastDay', { day: dayWords(paper.lastDay) })}
          </span>
        </span>
        <Standing paper={paper} />
      </Link>
    </li>
  )
}

/** The standing of a paper; of one that ends soon, how many days are left. */
export function Standing({ paper }: { paper: Paper }) {
  return (
    <Badge tone={standingTone[paper.standing]}>
      {paper.standing === 'expiring'
        ? t('papers.daysLeft', { days: paper.daysLeft })
        : t(`papers.standing.${paper.standing}`)}
    </Badge>
  )
}

/** What is off sale for want of a paper, and what soon will be. */
function Needs({ orgId }: { orgId: string }) {
  const needs = useApi('papers.needs', { params: { id: orgId } })
  const [month] = useState(() => 30 * 86_400_000 + Date.now())
  const { to } = useSupplier()
  return (
    <Loaded query={needs} loading={<Skeleton lines={1} />}>
      {({ items }) => {
        const listed = items.filter((pack) => !pack.archived)
        const off = listed.filter((pack) => pack.lack)
        const limit = serviceDayOf(new Date(month))
        const soon = listed.filter((pack) => pack.saleUntil !== null && pack.saleUntil <= limit)
        if (off.length + soon.length === 0)
          return listed.length > 0 ? <Note tone="good">{t('papers.allOnSale')}</Note> : null
        return (
          <Card title={t('papers.offSale', { count: off.length })}>
            <ul className="papers-list">
              {[...off, ...soon].slice(0, 20).map((pack) => (
                <li key={pack.skuId}>
                  <Link to={to(`/products/${pack.productId}`)} className="papers-line">
                    <span className="grow">
                      <b>{pack.name}</b>
                      <span className="muted small">{pack.spec}</span>
                      <span className="small">
                        {pack.lack
                          ? t('papers.offSaleWhy', {
                              paper: paperName(pack.lack.paper),
                              why: t(`papers.why.${pack.lack.why}`),
                            })
                          : t('papers.endsSoon', { day: dayWords(pack.saleUntil ?? limit) })}
                      </span>
                    </span>
                    <Badge tone={pack.lack ? 'bad' : 'warn'} icon="warning">
                      {pack.lack ? t('papers.offSaleMark') : t('papers.standing.expiring')}
                    </Badge>
                  </Link>
                </li>
              ))}
            </ul>
          </Card>
        )
      }}
    </Loaded>
  )
}
