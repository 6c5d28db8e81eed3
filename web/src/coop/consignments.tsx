import { Link } from 'wouter'
import { t } from '../app/i18n.ts'
import { useLive } from '../app/live.ts'
import { usePages } from '../app/query.ts'
import { useMay } from '../app/session.ts'
import { Badge, StatusChip } from '../kit/badge.tsx'
import { LinkButton } from '../kit/button.tsx'
import { PageHeader } from '../kit/page.tsx'
import { EmptyState, Loaded, LoadMore } from '../kit/states.tsx'
import { useSupplier } from './scope.tsx'
import { momentWords } from './words.ts'

/** Truck loads of the supplier, newest first. */
export function Consignments() {
  const { orgId, to } = useSupplier()
  const may = useMay()
  const { items, more, query } = usePages('supply.listConsignments', { query: { orgId } })
  useLive(['consignment.'], ['supply.listConsignments'])
  return (
    <>
      <PageHeader title={t('coop.consignments.title')}>
        {may('supply.write') && (
          <LinkButton to={to('/consignments/new')} tone="main" icon="plus">
            {t('coop.consignments.new')}
          </LinkButton>
        )}
      </PageHeader>
      <Loaded
        query={query}
        empty={{
          when: () => items.length === 0,
          show: (
            <EmptyState
              icon="truck"
              title={t('coop.consignments.none')}
              text={t('coop.consignments.noneText')}
            />
          ),
        }}
      >
        {() => (
          <div className="stack">
            <ul className="coop-list coop-list-card">
              {items.map((one) => (
                <li key={one.id}>
                  <Link to={to(`/consignments/${one.id}`)} className="coop-line">
                    <span className="grow">
                      <b>{one.plate || one.number}</b>
                      <span className="muted small">
                        {one.number} · {one.hub} · {t('coop.consignment.lots', { count: one.lineCount })}
                      </span>
                      <span className="muted small">
                        {one.expectedAt
                          ? t('coop.consignment.expected', { at: momentWords(one.expectedAt) })
                          : momentWords(one.createdAt)}
                      </span>
                    </span>
                    {one.refusedLines > 0 && (
                      <Badge tone="bad">{t('coop.consignment.refused', { count: one.refusedLines })}</Badge>
                    )}
                    <StatusChip of="consignment" status={one.status} />
                  </Link>
                </li>
              ))}
            </ul>
            <LoadMore more={more} />
          </div>
        )}
      </Loaded>
    </>
  )
}
