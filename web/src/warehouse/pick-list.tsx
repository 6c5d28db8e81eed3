import { ZONE_IDS } from '@huming/shared/reference/zones'
import { useParams, useSearchParams } from 'wouter'
import type { Reply } from '../app/api.ts'
import { t } from '../app/i18n.ts'
import { useApi } from '../app/query.ts'
import { Badge } from '../kit/badge.tsx'
import { Button } from '../kit/button.tsx'
import { Segmented } from '../kit/choose.tsx'
import { PageHeader } from '../kit/page.tsx'
import { EmptyState, Loaded } from '../kit/states.tsx'
import { Barcode } from './barcode.tsx'
import { dayWords, momentWords, nameOf, quantityOf, zoneName } from './words.ts'
import './picking-texts.ts'
import './pick-list.css'

type List = Reply<'picking.pickList'>
type Row = List['rows'][number]

/**
 * The pick list on paper: a sheet for each zone, along the walk of its bins. Each row says where, what lot, by which
 * method, how much in all, and how much of it goes into each tote.
 */
export function PickList() {
  const { id = '' } = useParams<{ id: string }>()
  const query = useApi('picking.pickList', { params: { id } })
  return <Loaded query={query}>{(list) => <Sheets list={list} />}</Loaded>
}

function Sheets({ list: { wave, rows, printedAt } }: { list: List }) {
  const [search, setSearch] = useSearchParams()
  const zones = ZONE_IDS.filter((zone) => rows.some((row) => row.zone === zone))
  const only = zones.find((zone) => zone === search.get('zone'))
  const shown = only ? [only] : zones
  return (
    <>
      <PageHeader
        title={t('warehouse.print.pickList')}
        back={`/waves/${wave.id}`}
        sub={`${wave.hub} · ${t('warehouse.waves.name', { day: dayWords(wave.day), seq: wave.seq })} · ${t('warehouse.print.at', { at: momentWords(printedAt) })}`}
      >
        <Button size="l" tone="main" icon="print" onClick={() => window.print()}>
          {t('warehouse.print.print')}
        </Button>
      </PageHeader>
      {rows.length === 0 && <EmptyState icon="check" title={t('warehouse.print.nothing')} />}
      {zones.length > 1 && (
        <div className="no-print">
          <Segmented
            label={t('warehouse.zone')}
            value={only ?? 'all'}
            options={[
              { value: 'all', label: t('warehouse.allZones') },
              ...zones.map((zone) => ({ value: zone, label: zoneName(zone) })),
            ]}
            onPick={(zone) => setSearch(zone === 'all' ? {} : { zone }, { replace: true })}
          />
        </div>
      )}
      {shown.map((zone) => (
        <Sheet key={zone} wave={wave} zone={zone} rows={rows.filter((row) => row.zone === zone)} />
      ))}
    </>
  )
}

function Sheet({ wave, zone, rows }: { wave: List['wave']; zone: Row['zone']; rows: readonly Row[] }) {
  const totes = new Set(rows.flatMap((row) => row.parts.map((part) => part.toteCode))).size
  return (
    <section className="wh-pick-sheet">
      <h2>
        {zoneName(zone)}{' '}
        <small>
          {t('warehouse.waves.name', { day: dayWords(wave.day), seq: wave.seq })} ·{' '}
          {t('warehouse.print.rows', { rows: rows.length, totes })}
        </small>
      </h2>
      <p className="wh-signed">{t('warehouse.print.signed')}</p>
      <ol>
        {rows.map((row) => (
          <li key={`${row.lotId} ${row.binCode} ${row.method}`} className="wh-pick-row">
            <b className="wh-pick-bin">{row.binCode ?? t('warehouse.print.noBin')}</b>
            <span className="wh-pick-goods">
              <b>{nameOf(row)}</b> <span className="muted">{row.spec}</span>
              <span className="wh-pick-lot">
                <Badge tone="info">{t(`picking.method.${row.method}`)}</Badge>
                {t('warehouse.useBy')} <b>{row.useByDay}</b>
              </span>
              <Barcode text={row.lotCode} />
            </span>
            <b className="wh-pick-total">{quantityOf(row, row.quantity)}</b>
            <ul>
              {row.parts.map((part) => (
                <li key={part.toteCode}>
                  <span className="wh-box" aria-hidden="true" />
                  <b className="num">{part.toteCode}</b>
                  <span className="grow">{part.site}</span>
                  <b>{quantityOf(row, part.quantity)}</b>
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ol>
    </section>
  )
}
