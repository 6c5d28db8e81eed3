import { useParams } from 'wouter'
import { t } from '../app/i18n.ts'
import { useApi } from '../app/query.ts'
import { Button } from '../kit/button.tsx'
import { PageHeader } from '../kit/page.tsx'
import { EmptyState, Loaded } from '../kit/states.tsx'
import { Barcode } from './barcode.tsx'
import { dayWords, momentWords, nameOf, quantityOf, zoneName } from './words.ts'

/** The pick list on paper: by zone and lot, with the parts that go to each tote. */
export function PickList() {
  const { id = '' } = useParams<{ id: string }>()
  const query = useApi('picking.pickList', { params: { id } })
  return (
    <Loaded query={query}>
      {({ wave, rows, printedAt }) => (
        <>
          <PageHeader
            title={t('warehouse.print.pickList')}
            back={`/waves/${id}`}
            sub={`${wave.hub} · ${t('warehouse.waves.name', { day: dayWords(wave.day), seq: wave.seq })} · ${t('warehouse.print.at', { at: momentWords(printedAt) })}`}
          >
            <Button size="l" tone="main" icon="print" onClick={() => window.print()}>
              {t('warehouse.print.print')}
            </Button>
          </PageHeader>
          {rows.length === 0 && <EmptyState icon="check" title={t('warehouse.print.nothing')} />}
          <div className="wh-sheet">
            {rows.map((row) => (
              <section key={row.lotId} className="wh-sheet-row">
                <div>
                  <h2>
                    {nameOf(row)} <small>{row.spec}</small>
                  </h2>
                  <p>
                    {zoneName(row.zone)} · {t('warehouse.useBy')} <b>{row.useByDay}</b>
                  </p>
                  <Barcode text={row.lotCode} />
                </div>
                <b className="wh-amount">{quantityOf(row, row.quantity)}</b>
                <ul>
                  {row.parts.map((part) => (
                    <li key={part.toteCode}>
                      <span className="wh-box" aria-hidden="true" />
                      <b>{part.toteCode}</b> {part.site} <b>{quantityOf(row, part.quantity)}</b>
                    </li>
                  ))}
                </ul>
              </section>
            ))}
          </div>
        </>
      )}
    </Loaded>
  )
}
