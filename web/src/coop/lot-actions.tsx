import { addDays, isServiceDay, serviceDayOf } from '@huming/shared/days'
import { nextStatus } from '@huming/shared/flows'
import { useState } from 'react'
import { t } from '../app/i18n.ts'
import { useAct } from '../app/query.ts'
import { useMay } from '../app/session.ts'
import { Button, LinkButton } from '../kit/button.tsx'
import { Dialog } from '../kit/dialog.tsx'
import { TextField } from '../kit/field.tsx'
import { ProblemNote } from '../kit/states.tsx'
import { toast } from '../kit/toast.tsx'
import { SendToMaker } from '../production/on-lot.tsx'
import { AmountField } from './amount-field.tsx'
import { flawsOf } from './flaws.ts'
import type { LotDetail } from './lot.tsx'
import { useSupplier } from './scope.tsx'
import { packingOf, quantityWords } from './words.ts'

const changes = ['stock.readLot', 'stock.listLots'] as const
type Asked = 'make' | 'withdraw' | 'hold' | 'release'

/** What the person may do with the lot in its stage. */
export function LotActions({ lot }: { lot: LotDetail }) {
  const may = useMay()
  const { to } = useSupplier()
  const [asked, setAsked] = useState<Asked | null>(null)
  const canMake = may('lot.write') && nextStatus('lot', lot.stage, 'make')
  const canWithdraw = may('lot.write') && nextStatus('lot', lot.stage, 'withdraw')
  const canHold = may('lot.hold') && nextStatus('lot', lot.stage, 'hold')
  const canRelease = may('lot.hold') && lot.stage === 'held'
  const taken = lot.promised > 0 ? t('coop.lot.isPromised') : undefined
  const close = () => setAsked(null)
  return (
    <div className="row">
      {canMake && (
        <Button tone="main" icon="check" onClick={() => setAsked('make')}>
          {t('coop.lot.make')}
        </Button>
      )}
      {may('supply.write') && lot.stage === 'made' && (
        <LinkButton to={to(`/consignments/new?lot=${lot.id}`)} tone="main" icon="truck">
          {t('coop.lot.ship')}
        </LinkButton>
      )}
      {may('supply.write') && lot.stage === 'made' && <SendToMaker lot={lot} />}
      {canHold && (
        <Button tone="danger" icon="warning" onClick={() => setAsked('hold')}>
          {t('coop.lot.hold')}
        </Button>
      )}
      {canRelease && (
        <Button tone="main" icon="check" onClick={() => setAsked('release')}>
          {t('coop.lot.release')}
        </Button>
      )}
      {canWithdraw && (
        <Button tone="quiet" refused={taken} onClick={() => setAsked('withdraw')}>
          {t('coop.lot.withdraw')}
        </Button>
      )}
      {asked === 'make' && <MakeDialog lot={lot} onClose={close} />}
      {asked && asked !== 'make' && <ReasonDialog lot={lot} act={asked} onClose={close} />}
    </div>
  )
}

/** The forecast has come true: true quantity, day, certificate. */
function MakeDialog({ lot, onClose }: { lot: LotDetail; onClose: () => void }) {
  const [today] = useState(() => serviceDayOf(new Date()))
  const [quantity, setQuantity] = useState<number | null>(lot.quantity)
  const [madeOn, setMadeOn] = useState<string>(today)
  const [useByDay, setUseByDay] = useState(lot.useByDay)
  const [certificate, setCertificate] = useState('')
  const make = useAct('stock.makeLot', {
    changes,
    onDone: () => {
      toast(t('coop.lot.madeDone'))
      onClose()
    },
  })
  const flaw = flawsOf(make.error)
  const short = quantity !== null && quantity < lot.promised
  const ready =
    quantity !== null && certificate.trim() !== '' && isServiceDay(madeOn) && isServiceDay(useByDay)
  const submit = () => {
    if (quantity === null) return
    make.mutate({ params: { id: lot.id }, body: { quantity, madeOn, useByDay, certificate } })
  }
  const foot = (
    <Button
      tone="main"
      busy={make.isPending}
      refused={ready ? undefined : t('coop.incomplete')}
      onClick={submit}
    >
      {t('coop.lot.make')}
    </Button>
  )
  return (
    <Dialog open onClose={onClose} title={t('coop.lot.make')} foot={foot}>
      <div className="stack">
        <ProblemNote error={make.error} />
        <AmountField
          label={t('coop.lot.trueQuantity')}
          size="l"
          units={[lot.orderUnit, lot.baseUnit === 'g' ? 'kg' : lot.baseUnit === 'ml' ? 'litre' : 'piece']}
          packing={packingOf(lot)}
          base={quantity}
          onBase={setQuantity}
          error={flaw('/body/quantity')}
          {...(short
            ? { hint: t('coop.lot.shortOfPromised', { promised: quantityWords(lot.promised, lot) }) }
            : {})}
        />
        <TextField
          label={t('coop.lot.madeOn')}
          type="date"
          max={today}
          value={madeOn}
          onText={setMadeOn}
          error={flaw('/body/madeOn')}
        />
        <TextField
          label={t('coop.lot.useByDay')}
          type="date"
          min={addDays(today, 0)}
          value={useByDay}
          onText={setUseByDay}
          error={flaw('/body/useByDay')}
        />
        <TextField
          label={t('coop.lot.certificate')}
          hint={t('coop.lot.certificateHint')}
          maxLength={40}
          value={certificate}
          onText={setCertificate}
          error={flaw('/body/certificate')}
        />
      </div>
    </Dialog>
  )
}

const verbs = { withdraw: 'stock.withdrawLot', hold: 'stock.holdLot', release: 'stock.releaseLot' } as const

interface ReasonProps {
  lot: LotDetail
  act: keyof typeof verbs
  onClose: () => void
}

/** Withdrawing, holding and releasing all need a reason that stays with the lot. */
function ReasonDialog({ lot, act, onClose }: ReasonProps) {
  const [reason, setReason] = useState('')
  const write = useAct(verbs[act], {
    changes,
    onDone: () => {
      toast(t(`coop.lot.${act}Done`))
      onClose()
    },
  })
  const foot = (
    <Button
      tone={act === 'release' ? 'main' : 'danger'}
      busy={write.isPending}
      refused={reason.trim() ? undefined : t('coop.reasonMissing')}
      onClick={() => write.mutate({ params: { id: lot.id }, body: { reason } })}
    >
      {t(`coop.lot.${act}`)}
    </Button>
  )
  return (
    <Dialog open onClose={onClose} title={t(`coop.lot.${act}`)} foot={foot}>
      <div className="stack">
        <p>{t(`coop.lot.${act}Hint`)}</p>
        <ProblemNote error={write.error} />
        <TextField label={t('coop.reason')} maxLength={200} value={reason} onText={setReason} autoFocus />
      </div>
    </Dialog>
  )
}
