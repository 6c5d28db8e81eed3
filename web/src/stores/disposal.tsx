import { useState } from 'react'
import type { Reply } from '../app/api.ts'
import { t } from '../app/i18n.ts'
import { useLive } from '../app/live.ts'
import { useAct, usePages } from '../app/query.ts'
import { useMay, useMe } from '../app/session.ts'
import { StatusChip } from '../kit/badge.tsx'
import { Button, LinkButton } from '../kit/button.tsx'
import { Tabs } from '../kit/choose.tsx'
import { PageHeader } from '../kit/page.tsx'
import { Picture } from '../kit/picture.tsx'
import { EmptyState, Loaded, LoadMore } from '../kit/states.tsx'
import { toast, toastProblem } from '../kit/toast.tsx'
import { HubChoice, useHub } from '../warehouse/use-hub.tsx'
import { momentWords, quantityOf } from '../warehouse/words.ts'
import { DisposeDialog } from './dispose-dialog.tsx'
import { GoodsHead, type StockRow, WhereAndHowMuch } from './goods.tsx'
import { TakeBackDialog } from './take-back.tsx'
import './texts.ts'

type Disposal = Reply<'storing.listDisposals'>['items'][number]
type Tab = 'waiting' | 'returns' | 'records'

/** Goods that may only be destroyed: what waits, what came back, and the records with their evidence. */
export function Disposals() {
  const hub = useHub()
  const may = useMay()
  const [tab, setTab] = useState<Tab>('waiting')
  const [taking, setTaking] = useState(false)
  return (
    <>
      <PageHeader title={t('stores.disposal.title')} back="/stores">
        <HubChoice {...hub} />
        {may('stock.move') && (
          <Button size="l" icon="repeat" onClick={() => setTaking(true)}>
            {t('stores.returns.title')}
          </Button>
        )}
      </PageHeader>
      <Tabs
        label={t('stores.disposal.title')}
        value={tab}
        tabs={(['waiting', 'returns', 'records'] as const).map((value) => ({
          value,
          label: t(`stores.disposal.${value}`),
        }))}
        onPick={setTab}
      >
        {tab === 'records' ? (
          <Records hubId={hub.hubId} />
        ) : (
          <Lying key={tab} hubId={hub.hubId} returned={tab === 'returns'} />
        )}
      </Tabs>
      {taking && <TakeBackDialog hubId={hub.hubId} onClose={() => setTaking(false)} />}
    </>
  )
}

function Lying({ hubId, returned }: { hubId: string; returned: boolean }) {
  const may = useMay()
  const [writing, setWriting] = useState<StockRow | null>(null)
  const kind = returned ? ('returns' as const) : ('destroy' as const)
  const { items, more, query } = usePages('storing.listStock', { query: { hubId: hubId || undefined, kind } })
  useLive(['stock.', 'disposal.', 'lot.'], ['storing.listStock'])
  return (
    <>
      <Loaded
        query={query}
        empty={{
          when: () => items.length === 0,
          show: (
            <EmptyState
              icon="check"
              title={t(returned ? 'stores.returns.none' : 'stores.disposal.none')}
              text={returned ? t('stores.returns.hint') : undefined}
            />
          ),
        }}
      >
        {() => (
          <div className="cards" style={{ ['--card' as string]: '320px' }}>
            {items.map((row) => (
              <article key={row.binId + row.lotId} className="wh-card">
                <GoodsHead of={row} />
                <WhereAndHowMuch row={row} />
                {returned && may('stock.move') && (
                  <LinkButton to={`/stores/act?lot=${row.lotId}&bin=${row.binId}`} size="l" tone="danger">
                    {t('stores.returns.destroy')}
                  </LinkButton>
                )}
                {!returned && may('stock.destroy') && (
                  <Button size="l" icon="edit" onClick={() => setWriting(row)}>
                    {t('stores.disposal.write')}
                  </Button>
                )}
              </article>
            ))}
          </div>
        )}
      </Loaded>
      <LoadMore more={more} size="l" />
      {writing && (
        <DisposeDialog key={writing.binId + writing.lotId} row={writing} onClose={() => setWriting(null)} />
      )}
    </>
  )
}

function Records({ hubId }: { hubId: string }) {
  const { items, more, query } = usePages('storing.listDisposals', { query: { hubId: hubId || undefined } })
  useLive(['disposal.', 'lot.destroyed'], ['storing.listDisposals'])
  return (
    <>
      <Loaded
        query={query}
        empty={{
          when: () => items.length === 0,
          show: <EmptyState icon="document" title={t('stores.disposal.noRecords')} />,
        }}
      >
        {() => (
          <div className="cards" style={{ ['--card' as string]: '340px' }}>
            {items.map((one) => (
              <DisposalCard key={one.id} one={one} />
            ))}
          </div>
        )}
      </Loaded>
      <LoadMore more={more} size="l" />
    </>
  )
}

function DisposalCard({ one }: { one: Disposal }) {
  const may = useMay()
  const me = useMe()
  const witness = useAct('storing.witnessDisposal', {
    changes: ['storing.listDisposals', 'storing.listStock'],
    onDone: () => toast(t('stores.disposal.witnessed')),
  })
  const send = () => witness.mutate({ params: { id: one.id }, body: {} }, { onError: toastProblem })
  return (
    <article className="wh-card">
      <GoodsHead of={one} side={<StatusChip of="disposal" status={one.status} />} />
      <span className="row">
        <b className="wh-loud">{quantityOf(one, one.quantity)}</b>
        <b>{t(`stores.disposal.method.${one.method}`)}</b>
        <span>{one.place}</span>
        <span>{momentWords(one.doneAt)}</span>
      </span>
      <span>{one.reason}</span>
      <span className="row">
        {one.photoFileIds.map((id) => (
          <Picture key={id} picture={`/api/files/${id}`} />
        ))}
      </span>
      <span className="muted small">
        {one.doneBy && t('stores.disposal.doneBy', { who: one.doneBy })}
        {one.witnessBy && ` · ${t('stores.disposal.witnessBy', { who: one.witnessBy })}`}
        {` · ${t('stores.disposal.keep', { day: one.keepUntil })}`}
      </span>
      {one.status === 'written' && may('stock.destroy') && (
        <Button
          size="l"
          tone="main"
          icon="check"
          busy={witness.isPending}
          refused={one.doneById === me.person.id ? t('stores.disposal.other') : undefined}
          onClick={send}
        >
          {t('stores.disposal.witness')}
        </Button>
      )}
    </article>
  )
}
