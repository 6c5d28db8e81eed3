import { useEffect } from 'react'
import { Link } from 'wouter'
import { t } from '../app/i18n.ts'
import { useLive } from '../app/live.ts'
import { useApi } from '../app/query.ts'
import { useMay } from '../app/session.ts'
import { Icon, type IconName } from '../kit/icon.tsx'
import { PageHeader } from '../kit/page.tsx'
import { EmptyState, Loaded, Skeleton } from '../kit/states.tsx'
import { HubChoice, useHub } from './use-hub.tsx'

/** What there is to do now, in the order of the night; each tile leads to the work itself. */
export function Tonight() {
  const hub = useHub()
  const may = useMay()
  // The floor loses its network: what picking needs is fetched while there is one.
  useEffect(() => {
    void Promise.allSettled([import('./pick.tsx'), import('./pick-wave.tsx')])
  }, [])
  const { hubId } = hub
  const board = useApi('picking.board', { params: { hubId } }, { enabled: hubId !== '' })
  const expected = useApi(
    'supply.listConsignments',
    { query: { view: 'expected', hubId, limit: 200 } },
    { enabled: hubId !== '' },
  )
  useLive(
    ['consignment.', 'wave.', 'pick.', 'tote.', 'cutoff.'],
    ['picking.board', 'supply.listConsignments'],
  )
  if (!hubId) return hub.pending ? <Skeleton /> : <EmptyState icon="warehouse" title={t('warehouse.noHub')} />
  return (
    <>
      <PageHeader title={t('warehouse.tonight.title')}>
        <HubChoice {...hub} />
      </PageHeader>
      <Loaded query={board}>
        {({ waves, waiting }) => {
          const zones = waves.filter((wave) => wave.status === 'picking').flatMap((wave) => wave.zones)
          const sealing = waves.filter((wave) => wave.releasedAt !== null).flatMap((wave) => wave.zones)
          const toSeal = sealing.reduce((sum, zone) => sum + zone.totes - zone.sealed, 0)
          const planned = waves.filter((wave) => wave.status === 'planned').length + waiting.length
          const open = zones.reduce((sum, zone) => sum + zone.open, 0)
          return (
            <div className="wh-jobs">
              {may('receipt.write') && (
                <Job
                  to="/receive"
                  icon="truck"
                  label={t('warehouse.tonight.expected')}
                  count={expected.data?.items.length}
                />
              )}
              {may('picking.read') && (
                <Job to="/waves" icon="layers" label={t('warehouse.tonight.planned')} count={planned} />
              )}
              {may('pick.write') && (
                <Job to="/pick" icon="basket" label={t('warehouse.tonight.open')} count={open} />
              )}
              {may('pick.write') && (
                <Job to="/totes" icon="box" label={t('warehouse.tonight.seal')} count={toSeal} />
              )}
            </div>
          )
        }}
      </Loaded>
    </>
  )
}

function Job({
  to,
  icon,
  label,
  count,
}: {
  to: string
  icon: IconName
  label: string
  count: number | undefined
}) {
  return (
    <Link to={to} className="wh-job" data-some={count ? '' : undefined}>
      <Icon name={icon} size={34} />
      <span>
        {label}
        {count === 0 && <small>{t('warehouse.tonight.nothing')}</small>}
      </span>
      <b>{count ?? '…'}</b>
    </Link>
  )
}
