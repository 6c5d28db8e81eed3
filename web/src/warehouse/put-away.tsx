import { readScan } from '@huming/shared/identifiers/gs1-scan'
import { newId } from '@huming/shared/ids'
import { useState } from 'react'
import { type Reply, sentenceOf } from '../app/api.ts'
import { t } from '../app/i18n.ts'
import { useLive } from '../app/live.ts'
import { useAct, usePages } from '../app/query.ts'
import { useMay } from '../app/session.ts'
import { Badge } from '../kit/badge.tsx'
import { Button } from '../kit/button.tsx'
import { PageHeader } from '../kit/page.tsx'
import { ScanBox } from '../kit/scan-box.tsx'
import { EmptyState, Loaded, LoadMore } from '../kit/states.tsx'
import { toast } from '../kit/toast.tsx'
import { NumberPad, type PadField, padNumber } from './number-pad.tsx'
import { HubChoice, useHub } from './use-hub.tsx'
import { entered, entryOf, nameOf, quantityOf, toEnter, zoneName } from './words.ts'
import './dock-texts.ts'

type Goods = Reply<'receiving.listPutAway'>['items'][number]

/** From the dock to the shelf: scan the lot, see where to, scan the bin. */
export function PutAway() {
  const hub = useHub()
  const { hubId } = hub
  const [chosen, setChosen] = useState<string | null>(null)
  const may = useMay()
  const { items, more, query } = usePages(
    'receiving.listPutAway',
    { params: { hubId } },
    { enabled: hubId !== '' },
  )
  useLive(['lot.'], ['receiving.listPutAway'])
  const goods = items.find((one) => `${one.lotId}${one.binId}` === chosen)
  const scanLot = (code: string): true | string => {
    const scan = readScan(code)
    const lot = scan.ok && scan.lot !== null ? scan.lot.toUpperCase() : code.toUpperCase()
    const found =
      items.find((one) => one.lotCode.toUpperCase() === lot) ??
      items.find((one) => code.toUpperCase().includes(one.lotCode.toUpperCase()))
    if (!found) return t('put.unknown')
    setChosen(`${found.lotId}${found.binId}`)
    return true
  }
  return (
    <>
      <PageHeader title={t('put.title')}>
        <HubChoice {...hub} />
      </PageHeader>
      <div className="stack">
        {goods ? (
          <Carry
            key={`${goods.lotId}${goods.quantity}`}
            hubId={hubId}
            goods={goods}
            onDone={() => setChosen(null)}
          />
        ) : (
          may('receipt.write') && <ScanBox label={t('put.scanLot')} onCode={scanLot} />
        )}
        <Loaded
          query={query}
          empty={{
            when: () => items.length === 0,
            show: <EmptyState icon="check" title={t('put.none')} />,
          }}
        >
          {() => (
            <ul className="cards" style={{ ['--card' as string]: '320px' }}>
              {items
                .filter((one) => one !== goods)
                .map((one) => (
                  <li key={`${one.lotId}${one.binId}`}>
                    <GoodsCard goods={one} onPick={may('receipt.write') ? setChosen : undefined} />
                  </li>
                ))}
            </ul>
          )}
        </Loaded>
        <LoadMore more={more} size="l" />
      </div>
    </>
  )
}

type CarryProps = { hubId: string; goods: Goods; onDone: () => void }

/** One lot in hand: how much of it, and the bin it is put in. */
function Carry({ hubId, goods, onDone }: CarryProps) {
  const [id] = useState(newId)
  const entry = entryOf(goods, goods.quantity)
  const [texts, setTexts] = useState<Record<string, string>>({ quantity: toEnter(goods.quantity, entry) })
  const [anyway, setAnyway] = useState(goods.advice !== 'cross_dock')
  const act = useAct('receiving.putAway', { changes: ['receiving.listPutAway'] })
  const field: PadField = {
    key: 'quantity',
    label: t('put.quantity'),
    unit: entry.unit,
    decimals: entry.decimals,
  }
  const [best] = goods.bins
  const scanBin = async (code: string): Promise<true | string> => {
    const quantity = entered(padNumber(texts, field) ?? 0, entry)
    const body = { hubId, lotId: goods.lotId, fromBin: goods.bin, toBin: binCode(code), quantity }
    try {
      const done = await act.mutateAsync({ params: { id }, body })
      toast(t('put.done', { quantity: quantityOf(goods, done.quantity), bin: done.toBin }))
      onDone()
      return true
    } catch (error) {
      return sentenceOf(error)
    }
  }
  return (
    <section className="wh-card" aria-label={nameOf(goods)}>
      <Head goods={goods} />
      {goods.advice === 'cross_dock' && <Badge tone="good">{t('put.advice.cross_dock')}</Badge>}
      {anyway ? (
        <>
          <Where goods={goods} />
          <ScanBox
            label={best ? t('put.scanBin', { bin: best.code }) : t('put.scanAnyBin')}
            onCode={scanBin}
          />
          <NumberPad
            fields={[field]}
            texts={texts}
            onText={(key, text) => setTexts({ ...texts, [key]: text })}
          />
        </>
      ) : (
        <Button size="l" full onClick={() => setAnyway(true)}>
          {t('put.anyway')}
        </Button>
      )}
      <Button size="l" full tone="quiet" icon="close" onClick={onDone}>
        {t('kit.cancel')}
      </Button>
    </section>
  )
}

/** The bin's code in what its label holds. */
const binCode = (scan: string): string => scan.trim().toUpperCase().slice(0, 30)

function Where({ goods }: { goods: Goods }) {
  const [best, ...others] = goods.bins
  if (!best) return <p>{t('put.anyBin')}</p>
  return (
    <>
      <span className="row">
        <span>{t('put.to')}</span>
        <b className="wh-code wh-bin">{best.code}</b>
        <Badge tone="info">{t(`put.why.${best.why}`)}</Badge>
      </span>
      {others.length > 0 && (
        <span className="row muted">
          {others.map((bin) => (
            <span key={bin.code}>
              {bin.code} · {t(`put.why.${bin.why}`)}
            </span>
          ))}
        </span>
      )}
    </>
  )
}

function Head({ goods }: { goods: Goods }) {
  return (
    <>
      <span className="row spread">
        <b className="wh-loud">{nameOf(goods)}</b>
        <Badge tone="info">{zoneName(goods.zone)}</Badge>
      </span>
      <span className="row spread">
        <span className="wh-code">{goods.lotCode}</span>
        <b className="wh-loud">{quantityOf(goods, goods.quantity)}</b>
      </span>
      <span className="row spread">
        <span>
          {t('warehouse.useBy')} <b>{goods.useByDay}</b>
        </span>
        <span className="muted">{t('put.from', { bin: goods.bin })}</span>
      </span>
    </>
  )
}

const adviceTones = { cross_dock: 'good', pick_face: 'info', reserve: 'plain', near_expiry: 'warn' } as const

function GoodsCard({ goods, onPick }: { goods: Goods; onPick: ((key: string) => void) | undefined }) {
  const [best] = goods.bins
  return (
    <div className="wh-card">
      <Head goods={goods} />
      <span className="row">
        <Badge tone={adviceTones[goods.advice]}>{t(`put.advice.${goods.advice}`)}</Badge>
        {goods.promisedTonight > 0 && goods.advice !== 'cross_dock' && (
          <span className="muted">
            {t('put.tonight', { quantity: quantityOf(goods, goods.promisedTonight) })}
          </span>
        )}
      </span>
      {onPick && (
        <Button size="l" full icon="scan" onClick={() => onPick(`${goods.lotId}${goods.binId}`)}>
          {goods.advice !== 'cross_dock' && best ? `${t('put.to')} ${best.code}` : t('put.nav')}
        </Button>
      )}
    </div>
  )
}
