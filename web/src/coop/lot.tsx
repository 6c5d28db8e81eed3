import { useParams } from 'wouter'
import type { Reply } from '../app/api.ts'
import { named, t, textOf } from '../app/i18n.ts'
import { useLive } from '../app/live.ts'
import { useApi } from '../app/query.ts'
import { Badge, StatusChip } from '../kit/badge.tsx'
import { Card, Facts, PageHeader } from '../kit/page.tsx'
import { Picture } from '../kit/picture.tsx'
import { Loaded, Note, ProgressBar } from '../kit/states.tsx'
import { LotPapers } from '../papers/lot-papers.tsx'
import { ProductionOfLot } from '../production/on-lot.tsx'
import { LotActions } from './lot-actions.tsx'
import { useSupplier } from './scope.tsx'
import { dayWords, momentWords, orderableWords, quantityWords } from './words.ts'

export type LotDetail = Reply<'stock.readLot'>

/** One lot: what it is, how much of it is promised, what may be done, and its whole life. */
export function LotPage() {
  const { id = '' } = useParams<{ id: string }>()
  const lot = useApi('stock.readLot', { params: { id } })
  useLive(['lot.', 'order.', 'pick.'], ['stock.readLot'])
  return <Loaded query={lot}>{(found) => <LotView lot={found} />}</Loaded>
}

function LotView({ lot }: { lot: LotDetail }) {
  const { to } = useSupplier()
  return (
    <>
      <PageHeader
        title={named({ zh: lot.name, en: lot.nameEn })}
        back={to('/lots')}
        sub={
          <>
            <StatusChip of="lot" status={lot.stage} />
            <span>{lot.code}</span>
            {lot.isSample && <Badge>{t('app.sampleMark')}</Badge>}
          </>
        }
      />
      <div className="stack coop-page">
        {lot.holdReason && <Note tone="warn">{t('coop.lot.heldBecause', { reason: lot.holdReason })}</Note>}
        <Card>
          <div className="row" style={{ ['--gap' as string]: '16px', alignItems: 'flex-start' }}>
            <Picture picture={lot.picture} size={88} />
            <div className="grow stack" style={{ ['--gap' as string]: '10px' }}>
              <b className="coop-loud">
                {quantityWords(lot.stage === 'received' ? lot.onHand : lot.quantity, lot)}
              </b>
              <Promised lot={lot} />
            </div>
          </div>
          <LotActions lot={lot} />
        </Card>
        <Card title={t('coop.lot.facts')}>
          <Facts
            of={[
              [t('coop.lot.spec'), `${lot.spec} · ${lot.skuCode}`],
              [t('coop.lot.quantity'), quantityWords(lot.quantity, lot)],
              [t('coop.lot.promisable'), orderableWords(lot.promisable, lot)],
              [t('coop.lot.onHand'), lot.onHand > 0 ? quantityWords(lot.onHand, lot) : null],
              [t('coop.lot.madeOn'), lot.madeOn && dayWords(lot.madeOn)],
              [t('coop.lot.readyDay'), dayWords(lot.readyDay)],
              [t('coop.lot.useByDay'), dayWords(lot.useByDay)],
              [t('coop.lot.certificate'), lot.certificate],
            ]}
          />
        </Card>
        {lot.stage !== 'planned' && <LotPapers lotId={lot.id} />}
        <ProductionOfLot lotId={lot.id} />
        <Card title={t('coop.lot.life')}>
          <Life lot={lot} />
        </Card>
      </div>
    </>
  )
}

/** How much of what may be promised is promised, in words and as a bar. */
function Promised({ lot }: { lot: LotDetail }) {
  if (lot.promisable === 0) return null
  if (lot.promised === 0) return <span className="muted">{t('coop.lot.noneOrdered')}</span>
  const part = Math.round((lot.promised / lot.promisable) * 100)
  return (
    <div className="stack" style={{ ['--gap' as string]: '4px' }}>
      <ProgressBar label={t('coop.lot.promised')} done={part} total={100} hideText />
      <span className="small muted">
        {t('coop.lot.promisedOf', {
          promised: quantityWords(lot.promised, lot),
          promisable: orderableWords(lot.promisable, lot),
        })}
      </span>
    </div>
  )
}

/** Everything that happened to the lot, newest first; movements of goods among it. */
function Life({ lot }: { lot: LotDetail }) {
  const told = [
    ...lot.events.map((event) => ({
      key: event.id,
      at: event.at,
      what: textOf(`coop.event.${event.type}`, event.type),
      more: detailOf(event.payload, lot),
    })),
    ...lot.movements.map((movement) => ({
      key: movement.id,
      at: movement.at,
      what: textOf(`coop.movement.${movement.kind}`, movement.kind),
      more: [quantityWords(Math.abs(movement.quantity), lot), movement.reason].filter(Boolean).join(' · '),
    })),
  ].sort((a, b) => (a.at < b.at ? 1 : -1))
  return (
    <ol className="coop-life">
      {told.map((one) => (
        <li key={one.key}>
          <b>{one.what}</b>
          {one.more && <span>{one.more}</span>}
          <span className="muted small">{momentWords(one.at)}</span>
        </li>
      ))}
    </ol>
  )
}

function detailOf(payload: Record<string, unknown>, lot: LotDetail): string {
  const quantity = payload['quantity'] ?? payload['receivedQuantity']
  const words = typeof quantity === 'number' ? quantityWords(quantity, lot) : ''
  const reason = typeof payload['reason'] === 'string' ? payload['reason'] : ''
  return [words, reason].filter(Boolean).join(' · ')
}
