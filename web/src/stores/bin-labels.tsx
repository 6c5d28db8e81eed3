import { useEffect } from 'react'
import { useSearchParams } from 'wouter'
import { t } from '../app/i18n.ts'
import { usePages } from '../app/query.ts'
import { Button } from '../kit/button.tsx'
import { PageHeader } from '../kit/page.tsx'
import { EmptyState, Loaded } from '../kit/states.tsx'
import { Barcode } from '../warehouse/barcode.tsx'
import { useHub } from '../warehouse/use-hub.tsx'
import { zoneName } from '../warehouse/words.ts'
import { kindName } from './goods.tsx'
import './texts.ts'

/** Labels of the bins that are listed: a code to scan with gloves on, and words to read from afar. */
export function BinLabels() {
  const { hubId } = useHub()
  const [search] = useSearchParams()
  const filter = Object.fromEntries(
    ['zone', 'kind'].flatMap((key) => (search.get(key) ? [[key, search.get(key)]] : [])),
  )
  const query = { hubId: hubId || undefined, limit: 200, search: search.get('q') ?? undefined, ...filter }
  const { items, more, query: pages } = usePages('storing.listBins', { query })
  const { on, busy, read } = more
  useEffect(() => {
    if (on && !busy) read()
  })
  return (
    <>
      <PageHeader title={t('stores.bins.labels')} back="/stores/bins">
        <Button size="l" tone="main" icon="print" busy={on} onClick={() => window.print()}>
          {t('stores.bins.print')}
        </Button>
      </PageHeader>
      <Loaded
        query={pages}
        empty={{
          when: () => items.length === 0,
          show: <EmptyState icon="pin" title={t('stores.bins.none')} />,
        }}
      >
        {() => (
          <div className="wh-labels">
            {items.map((bin) => (
              <section key={bin.id} className="wh-label">
                <span className="row spread">
                  <b className="wh-loud">{zoneName(bin.zone)}</b>
                  <b>{kindName(bin.kind)}</b>
                </span>
                <b className="stores-bin-code">{bin.code}</b>
                <Barcode text={bin.code} />
              </section>
            ))}
          </div>
        )}
      </Loaded>
    </>
  )
}
