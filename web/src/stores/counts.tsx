import { newId } from '@huming/shared/ids'
import { BIN_KIND_IDS, type BinKind } from '@huming/shared/reference/bins'
import { ZONE_IDS, type Zone } from '@huming/shared/reference/zones'
import { useState } from 'react'
import { Link } from 'wouter'
import { api } from '../app/api.ts'
import { t } from '../app/i18n.ts'
import { useLive } from '../app/live.ts'
import { useAct, usePages } from '../app/query.ts'
import { useMay } from '../app/session.ts'
import { Badge, StatusChip } from '../kit/badge.tsx'
import { Button } from '../kit/button.tsx'
import { Dialog } from '../kit/dialog.tsx'
import { Select } from '../kit/field.tsx'
import { PageHeader } from '../kit/page.tsx'
import { EmptyState, Loaded, LoadMore } from '../kit/states.tsx'
import { toast, toastProblem } from '../kit/toast.tsx'
import { HubChoice, useHub } from '../warehouse/use-hub.tsx'
import { zoneName } from '../warehouse/words.ts'
import { kindName } from './goods.tsx'
import './texts.ts'

/** Bins to count: take one up, or have more of them counted. */
export function Counts() {
  const hub = useHub()
  const may = useMay()
  const [asking, setAsking] = useState(false)
  const { items, more, query } = usePages('storing.listCounts', {
    query: { hubId: hub.hubId || undefined, open: 'true' },
  })
  useLive(['count.', 'stock.', 'pick.'], ['storing.listCounts'])
  return (
    <>
      <PageHeader title={t('stores.count.title')} back="/stores">
        <HubChoice {...hub} />
        {may('stock.approve') && (
          <Button size="l" icon="plus" onClick={() => setAsking(true)}>
            {t('stores.count.open')}
          </Button>
        )}
      </PageHeader>
      <Loaded
        query={query}
        empty={{
          when: () => items.length === 0,
          show: <EmptyState icon="check" title={t('stores.count.none')} />,
        }}
      >
        {() => (
          <div className="cards" style={{ ['--card' as string]: '260px' }}>
            {items.map((one) => (
              <Link key={one.id} className="wh-card" to={`/stores/counts/${one.id}`}>
                <span className="row spread">
                  <span className="wh-code">{one.bin}</span>
                  <StatusChip of="binCount" status={one.status} />
                </span>
                <span className="row">
                  <Badge>{zoneName(one.zone)}</Badge>
                  <Badge>{kindName(one.kind)}</Badge>
                </span>
                {one.reason && <span className="muted small">{one.reason}</span>}
              </Link>
            ))}
          </div>
        )}
      </Loaded>
      <LoadMore more={more} size="l" />
      <AskDialog hubId={hub.hubId} open={asking} onClose={() => setAsking(false)} />
    </>
  )
}

/** All bins of a zone and kind, those not being counted already. */
function AskDialog({ hubId, open, onClose }: { hubId: string; open: boolean; onClose: () => void }) {
  const [zone, setZone] = useState<Zone>('frozen')
  const [kind, setKind] = useState<BinKind>('pick_face')
  const [busy, setBusy] = useState(false)
  const ask = useAct('storing.openCounts', { changes: ['storing.listCounts'] })
  const send = async () => {
    setBusy(true)
    try {
      const bins = await api('storing.listBins', { query: { hubId, zone, kind, limit: 100 } })
      const running = await api('storing.listCounts', { query: { hubId, open: 'true', limit: 200 } })
      const counts = bins.items
        .filter((bin) => !running.items.some((one) => one.binId === bin.id))
        .map((bin) => ({ id: newId(), binId: bin.id }))
      if (counts.length > 0) await ask.mutateAsync({ body: { hubId, counts } })
      toast(t('stores.count.opened', { count: counts.length }))
      onClose()
    } catch (error) {
      toastProblem(error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={t('stores.count.open')}
      foot={
        <Button tone="main" size="l" full busy={busy} onClick={() => void send()}>
          {t('stores.count.open')}
        </Button>
      }
    >
      <div className="stack">
        <p className="muted">{t('stores.count.openHint')}</p>
        <Select
          label={t('warehouse.zone')}
          size="l"
          value={zone}
          options={ZONE_IDS.map((value) => ({ value, label: zoneName(value) }))}
          onPick={setZone}
        />
        <Select
          label={t('stores.kind')}
          size="l"
          value={kind}
          options={BIN_KIND_IDS.map((value) => ({ value, label: kindName(value) }))}
          onPick={setKind}
        />
      </div>
    </Dialog>
  )
}
