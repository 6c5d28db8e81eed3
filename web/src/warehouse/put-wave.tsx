import { Link, useLocation, useParams } from 'wouter'
import type { Reply } from '../app/api.ts'
import { t } from '../app/i18n.ts'
import { useLive } from '../app/live.ts'
import { usePages } from '../app/query.ts'
import { Badge } from '../kit/badge.tsx'
import { unlockSound } from '../kit/feedback.ts'
import { PageHeader } from '../kit/page.tsx'
import { ScanBox } from '../kit/scan-box.tsx'
import { EmptyState, Loaded, LoadMore } from '../kit/states.tsx'
import { FloorDot } from './floor-dot.tsx'
import { names } from './use-pick.ts'
import { nameOf, quantityOf, zoneName } from './words.ts'
import './picking-texts.ts'

export type Batch = Reply<'picking.listBatches'>['items'][number]

/** Lots put to stores or sorted at the dock, along the walk; a scan of one opens it. */
export function PutWave() {
  const { id = '' } = useParams<{ id: string }>()
  const [, go] = useLocation()
  const { items, more, query } = usePages('picking.listBatches', { params: { id }, query: { limit: 100 } })
  useLive(['batch.', 'pick.'], ['picking.listBatches'])
  const open = items.filter(
    (batch) => batch.status !== 'done' || (batch.atWall > 0 && batch.method === 'put_to_store'),
  )
  const scan = (code: string): true | string => {
    const batch = items.find((one) => names(code, one.lotCode))
    if (!batch) return t('picking.put.none')
    go(`/put/${id}/${batch.id}`)
    return true
  }
  return (
    <>
      <PageHeader title={t('picking.put.title')} back={`/pick/${id}`} />
      <FloorDot />
      <Loaded
        query={query}
        empty={{
          when: () => items.length === 0,
          show: <EmptyState icon="layers" title={t('picking.put.none')} text={t('picking.put.noneText')} />,
        }}
      >
        {() => (
          <div className="stack">
            <ScanBox label={t('picking.put.fetchScan')} onCode={scan} />
            {open.length === 0 && <EmptyState icon="check" title={t('warehouse.pick.allDone')} />}
            <ul
              className="cards"
              style={{ ['--card' as string]: '320px' }}
              aria-label={t('picking.put.list')}
            >
              {open.map((batch) => (
                <li key={batch.id}>
                  <BatchCard batch={batch} />
                </li>
              ))}
            </ul>
            <LoadMore more={more} size="l" />
          </div>
        )}
      </Loaded>
    </>
  )
}

function BatchCard({ batch }: { batch: Batch }) {
  return (
    <Link to={`/put/${batch.waveId}/${batch.id}`} className="wh-card" onClick={unlockSound}>
      <span className="row spread">
        <span className="wh-code">{batch.binCode ?? t('picking.noBin')}</span>
        <Badge tone={batch.status === 'open' ? 'warn' : 'info'}>{t(`picking.method.${batch.method}`)}</Badge>
      </span>
      <b className="wh-loud">{nameOf(batch)}</b>
      <span className="muted">
        {batch.lotCode} · {zoneName(batch.zone)}
      </span>
      <span className="row spread">
        <span>{quantityOf(batch, batch.quantity)}</span>
        <span>
          {batch.openTasks > 0
            ? t('picking.put.left', { open: batch.openTasks })
            : t('picking.put.rest', { quantity: quantityOf(batch, batch.atWall) })}
        </span>
      </span>
    </Link>
  )
}
