import { useParams } from 'wouter'
import type { Reply } from '../app/api.ts'
import { t, textOf } from '../app/i18n.ts'
import { useLive } from '../app/live.ts'
import { useAct, useApi } from '../app/query.ts'
import { useMay } from '../app/session.ts'
import { Badge, StatusChip } from '../kit/badge.tsx'
import { LinkButton } from '../kit/button.tsx'
import { ConfirmButton } from '../kit/dialog.tsx'
import { Card, PageHeader } from '../kit/page.tsx'
import { Loaded, Note } from '../kit/states.tsx'
import { type Column, DataTable } from '../kit/table.tsx'
import { toastProblem } from '../kit/toast.tsx'
import { MethodChoice, SplitWave } from './wave-methods.tsx'
import { WaveCounts, ZoneProgress } from './waves.tsx'
import { dayWords, nameOf, quantityOf } from './words.ts'
import './picking-texts.ts'

type Wave = Reply<'picking.readWave'>
type Short = Wave['preview'][number]
type Order = Wave['orderList'][number]

/** One wave: before release what it would cut, after it how far everything is. */
export function WavePage() {
  const { id = '' } = useParams<{ id: string }>()
  const may = useMay()
  const query = useApi('picking.readWave', { params: { id } })
  useLive(['wave.', 'pick.', 'tote.', 'lot.'], ['picking.readWave'])
  return (
    <Loaded query={query}>
      {(wave) => (
        <>
          <PageHeader
            title={t('warehouse.waves.name', { day: dayWords(wave.day), seq: wave.seq })}
            back="/waves"
            sub={
              <>
                <StatusChip of="wave" status={wave.status} />
                <WaveCounts wave={wave} />
              </>
            }
          >
            <Acts wave={wave} />
          </PageHeader>
          <div className="stack">
            {wave.status === 'planned' ? <Preview wave={wave} /> : <Progress wave={wave} />}
            {wave.status === 'planned' && may('wave.release') && <SplitWave wave={wave} />}
            <Card title={t('warehouse.wave.orders')}>
              <DataTable
                label={t('warehouse.wave.orderList')}
                rows={wave.orderList}
                rowKey={(row) => row.id}
                columns={orderColumns()}
              />
            </Card>
          </div>
        </>
      )}
    </Loaded>
  )
}

function Acts({ wave }: { wave: Wave }) {
  const may = useMay()
  const act = useAct('picking.releaseWave', { changes: ['picking.readWave', 'picking.board'] })
  if (wave.status === 'planned') {
    if (!may('wave.release')) return null
    return (
      <ConfirmButton
        tone="main"
        size="l"
        icon="check"
        label={t('warehouse.wave.release')}
        title={t('warehouse.wave.releaseTitle')}
        text={t('warehouse.wave.releaseText')}
        onConfirm={() => act.mutateAsync({ params: { id: wave.id } }).catch(toastProblem)}
      />
    )
  }
  return (
    <>
      {wave.status === 'picking' && may('pick.write') && (
        <LinkButton to={`/pick/${wave.id}`} tone="main" size="l" icon="basket">
          {t('warehouse.wave.startPicking')}
        </LinkButton>
      )}
      <LinkButton to={`/waves/${wave.id}/pick-list`} size="l" icon="print">
        {t('warehouse.wave.pickList')}
      </LinkButton>
      <LinkButton to={`/waves/${wave.id}/labels`} size="l" icon="print">
        {t('warehouse.wave.labels')}
      </LinkButton>
    </>
  )
}

function Progress({ wave }: { wave: Wave }) {
  const reasons = Object.entries(wave.summary).filter(([key]) => key.startsWith('cut_'))
  return (
    <Card>
      <ZoneProgress wave={wave} />
      {reasons.length > 0 && (
        <div className="row">
          {reasons.map(([key, count]) => (
            <Badge key={key} tone="warn">
              {textOf(key.replace('cut_', 'cut.'), key)} {count}
            </Badge>
          ))}
        </div>
      )}
    </Card>
  )
}

function Preview({ wave }: { wave: Wave }) {
  const short = wave.preview.filter((row) => row.cut > 0)
  const lines = short.reduce((sum, row) => sum + row.cutLines, 0)
  return (
    <Card title={t('warehouse.wave.preview')}>
      {short.length === 0 ? (
        <Note tone="good">{t('warehouse.wave.allThere')}</Note>
      ) : (
        <Note tone="warn">{t('warehouse.wave.someShort', { packs: short.length, lines })}</Note>
      )}
      <DataTable
        label={t('warehouse.wave.packs')}
        rows={wave.preview}
        rowKey={(row) => row.skuId}
        columns={previewColumns(wave)}
      />
      <MethodChoice wave={wave} skuId={null} />
    </Card>
  )
}

const previewColumns = (wave: Wave): Column<Short>[] => [
  {
    key: 'pack',
    head: t('warehouse.wave.pack'),
    cell: (row) => (
      <span>
        <b>{nameOf(row)}</b> <span className="muted small">{row.spec}</span>
      </span>
    ),
  },
  { key: 'demand', head: t('warehouse.wave.demand'), end: true, cell: (row) => quantityOf(row, row.demand) },
  { key: 'supply', head: t('warehouse.wave.supply'), end: true, cell: (row) => quantityOf(row, row.supply) },
  {
    key: 'cut',
    head: t('warehouse.wave.cut'),
    end: true,
    sort: (row) => row.cut / row.demand,
    cell: (row) => (row.cut > 0 ? <Badge tone="bad">{quantityOf(row, row.cut)}</Badge> : '—'),
  },
  {
    key: 'reason',
    head: t('warehouse.wave.reason'),
    cell: (row) => (row.reason ? textOf(`cut.${row.reason}`, row.reason) : ''),
  },
  {
    key: 'method',
    head: t('picking.choose.head'),
    cell: (row) => <MethodChoice wave={wave} skuId={row.skuId} counts={row.methods} />,
  },
]

const orderColumns = (): Column<Order>[] => [
  { key: 'number', head: t('warehouse.wave.number'), cell: (row) => row.number, sort: (row) => row.number },
  { key: 'buyer', head: t('warehouse.wave.buyer'), cell: (row) => `${row.buyer} · ${row.site}` },
  {
    key: 'status',
    head: t('warehouse.wave.status'),
    cell: (row) => <StatusChip of="order" status={row.status} />,
  },
  {
    key: 'open',
    head: t('warehouse.wave.toPick'),
    end: true,
    sort: (row) => row.openTasks,
    cell: (row) => row.openTasks || '—',
  },
  {
    key: 'cut',
    head: t('warehouse.wave.short'),
    end: true,
    sort: (row) => row.cutLines,
    cell: (row) =>
      row.cutLines > 0 ? (
        <Badge tone="warn">{t('warehouse.waves.cutLines', { count: row.cutLines })}</Badge>
      ) : (
        '—'
      ),
  },
]
