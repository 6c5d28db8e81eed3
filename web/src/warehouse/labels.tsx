import { minutesText } from '@huming/shared/days'
import { SEPARATIONS } from '@huming/shared/reference/handling'
import { useEffect } from 'react'
import { useParams } from 'wouter'
import type { Reply } from '../app/api.ts'
import { named, t } from '../app/i18n.ts'
import { usePages } from '../app/query.ts'
import { Button } from '../kit/button.tsx'
import { PageHeader } from '../kit/page.tsx'
import { EmptyState, Loaded } from '../kit/states.tsx'
import { Barcode, Gs1Barcode } from './barcode.tsx'
import { dayWords, zoneName } from './words.ts'
import './picking-texts.ts'

type Tote = Reply<'picking.listTotes'>['items'][number]

/** Labels of the totes of a wave, two on a row of paper; every one is a code to scan and words to read. */
export function Labels() {
  const { id = '' } = useParams<{ id: string }>()
  const { items, more, query } = usePages('picking.listTotes', { params: { id }, query: { limit: 200 } })
  const { on, busy, read } = more
  useEffect(() => {
    if (on && !busy) read()
  })
  const totes = items.filter((tote) => tote.status !== 'empty')
  return (
    <>
      <PageHeader title={t('warehouse.print.labels')} back={`/waves/${id}`}>
        <Button size="l" tone="main" icon="print" busy={on} onClick={() => window.print()}>
          {t('warehouse.print.print')}
        </Button>
      </PageHeader>
      <Loaded
        query={query}
        empty={{
          when: () => totes.length === 0,
          show: <EmptyState icon="box" title={t('warehouse.print.nothing')} />,
        }}
      >
        {() => (
          <div className="wh-labels">
            {totes.map((tote) => (
              <Label key={tote.id} tote={tote} />
            ))}
          </div>
        )}
      </Loaded>
    </>
  )
}

function Label({ tote }: { tote: Tote }) {
  const window = { from: minutesText(tote.windowFrom), to: minutesText(tote.windowTo) }
  return (
    <section className="wh-label">
      <div className="row spread">
        <b className="wh-loud">{zoneName(tote.zone)}</b>
        <span>{dayWords(tote.day)}</span>
      </div>
      <b className="wh-name">{tote.site}</b>
      <span>{tote.address}</span>
      {tote.sscc ? <Gs1Barcode elements={[['00', tote.sscc]]} /> : <Barcode text={tote.code} />}
      <div className="row spread">
        <b className="wh-code">{tote.code}</b>
        <span>
          {named(SEPARATIONS[tote.separation])}
          {tote.parts > 1 && ` · ${t('picking.tote.part', { part: tote.part, parts: tote.parts })}`}
        </span>
      </div>
      {tote.looseLotCode && <span>{t('picking.tote.loose', { lot: tote.looseLotCode })}</span>}
      <div className="row spread">
        <span>{tote.orderNumber}</span>
        <span>{t('warehouse.print.window', window)}</span>
      </div>
    </section>
  )
}
