import { addDays, isServiceDay, serviceDayOf } from '@huming/shared/days'
import { newId } from '@huming/shared/ids'
import { ZONES } from '@huming/shared/reference/zones'
import { useState } from 'react'
import { useLocation, useSearchParams } from 'wouter'
import type { Reply } from '../app/api.ts'
import { t } from '../app/i18n.ts'
import { useAct, useApi } from '../app/query.ts'
import { AmountField } from '../coop/amount-field.tsx'
import { flawsOf } from '../coop/flaws.ts'
import { useSupplier } from '../coop/scope.tsx'
import { dayWords } from '../coop/words.ts'
import { Button } from '../kit/button.tsx'
import { Dialog } from '../kit/dialog.tsx'
import { Select, TextField } from '../kit/field.tsx'
import { NumberField } from '../kit/number-field.tsx'
import { BottomBar, Card, PageHeader } from '../kit/page.tsx'
import { PhotoInput } from '../kit/photo-input.tsx'
import { Loaded, ProblemNote } from '../kit/states.tsx'
import { toast } from '../kit/toast.tsx'
import './production.css'
import { type Receipt, receiptChanges } from './changes.ts'
import './texts.ts'
import { amount, nameOf, worksPacking, worksUnits } from './words.ts'

/** Goods that a supplier of the platform sent: counted, measured, taken in or refused. */
export function ReceiveDialog({ receipt, onClose }: { receipt: Receipt; onClose: () => void }) {
  const [accepted, setAccepted] = useState<number | null>(receipt.quantity)
  const [refuseReason, setRefuseReason] = useState('')
  const [celsius, setCelsius] = useState<number | null>(null)
  const [fileIds, setFileIds] = useState<string[]>([])
  const refused = receipt.quantity - (accepted ?? 0)
  const receive = useAct('production.receiveMaterial', {
    changes: [...receiptChanges],
    onDone: () => {
      toast(t(accepted ? 'making.receipt.done' : 'making.receipt.refusedDone'))
      onClose()
    },
  })
  const flaw = flawsOf(receive.error)
  const submit = () =>
    receive.mutate({
      params: { id: receipt.id },
      body: {
        orgId: receipt.orgId,
        accepted: accepted ?? 0,
        refused,
        refuseReason,
        deciC: celsius === null ? null : Math.round(celsius * 10),
        fileIds,
      },
    })
  const ready = refused >= 0 && (refused === 0 || refuseReason.trim() !== '')
  const foot = (
    <Button
      tone="main"
      size="l"
      busy={receive.isPending}
      refused={ready ? undefined : t('making.incomplete')}
      onClick={submit}
    >
      {t('making.receipt.receive')}
    </Button>
  )
  return (
    <Dialog open onClose={onClose} title={nameOf(receipt)} foot={foot}>
      <div className="stack">
        <p>
          {t('making.receipt.from', { supplier: receipt.supplierName })} · {receipt.supplierLotCode} ·{' '}
          {t('making.receipt.useBy')} {dayWords(receipt.useByDay)}
        </p>
        <ProblemNote error={receive.error} />
        <AmountField
          label={t('making.receipt.accepted')}
          size="l"
          hint={`${t('making.receipt.sent')} ${amount(receipt.quantity, receipt)}`}
          units={worksUnits(receipt.baseUnit)}
          packing={worksPacking(receipt.baseUnit)}
          base={accepted}
          onBase={setAccepted}
          error={flaw('/body/accepted')}
        />
        {refused > 0 && (
          <TextField
            label={`${t('making.receipt.refused')} ${amount(refused, receipt)}: ${t('making.receipt.refuseReason')}`}
            maxLength={200}
            value={refuseReason}
            onText={setRefuseReason}
            error={flaw('/body/refuseReason')}
          />
        )}
        <NumberField
          label={t('making.receipt.temperature')}
          optional
          after="℃"
          min={-60}
          max={60}
          decimals={1}
          value={celsius}
          onNumber={setCelsius}
          error={flaw('/body/deciC')}
        />
        <PhotoInput label={t('making.receipt.photos')} ids={fileIds} onIds={setFileIds} max={8} />
      </div>
    </Dialog>
  )
}

type Material = Reply<'production.listMaterials'>['items'][number]

/** Goods bought outside the platform, with all that the law wants recorded of the purchase. */
export function BuyMaterial() {
  const { orgId, to } = useSupplier()
  const materials = useApi('production.listMaterials', { query: { orgId } })
  return (
    <>
      <PageHeader title={t('making.receipt.buy')} back={to('/making/store')} />
      <Loaded query={materials}>
        {({ items }) =>
          orgId ? <BuyForm orgId={orgId} materials={items.filter((one) => one.kind !== 'pack')} /> : null
        }
      </Loaded>
    </>
  )
}

const noSeller = {
  supplierName: '',
  supplierAddress: '',
  supplierContact: '',
  supplierLicence: '',
  supplierLotCode: '',
  certificate: '',
}

function BuyForm({ orgId, materials }: { orgId: string; materials: readonly Material[] }) {
  const { to } = useSupplier()
  const [, go] = useLocation()
  const [search] = useSearchParams()
  const [id] = useState(newId)
  const [today] = useState(() => serviceDayOf(new Date()))
  const [skuId, setSkuId] = useState(search.get('material') ?? '')
  const [accepted, setAccepted] = useState<number | null>(null)
  const [celsius, setCelsius] = useState<number | null>(null)
  const [madeOn, setMadeOn] = useState('')
  const [useByDay, setUseByDay] = useState('')
  const [seller, setSeller] = useState(noSeller)
  const [fileIds, setFileIds] = useState<string[]>([])
  const material = materials.find((one) => one.skuId === skuId)
  const receive = useAct('production.receiveMaterial', {
    changes: [...receiptChanges],
    onDone: () => {
      toast(t('making.receipt.done'))
      go(to('/making/store'))
    },
  })
  const flaw = flawsOf(receive.error)
  const pick = (next: string) => {
    setSkuId(next)
    const life = materials.find((one) => one.skuId === next)?.shelfLifeDays
    if (life) setUseByDay(addDays(today, life))
  }
  const named = seller.supplierName.trim() && seller.supplierAddress.trim() && seller.supplierContact.trim()
  const ready =
    material && accepted !== null && isServiceDay(useByDay) && named && seller.supplierLotCode.trim()
  const submit = () => {
    if (!material || accepted === null) return
    receive.mutate({
      params: { id },
      body: {
        orgId,
        accepted,
        deciC: celsius === null ? null : Math.round(celsius * 10),
        fileIds,
        bought: { skuId, ...seller, madeOn: isServiceDay(madeOn) ? madeOn : null, useByDay },
      },
    })
  }
  return (
    <div className="stack coop-form">
      <Card>
        <Select
          label={t('making.receipt.material')}
          size="l"
          value={skuId}
          placeholder={t('coop.choose')}
          options={materials.map((one) => ({ value: one.skuId, label: `${nameOf(one)} · ${one.spec}` }))}
          onPick={pick}
        />
        {material && (
          <AmountField
            key={skuId}
            label={t('making.receipt.accepted')}
            size="l"
            units={worksUnits(material.baseUnit)}
            packing={worksPacking(material.baseUnit)}
            base={accepted}
            onBase={setAccepted}
          />
        )}
        {material && ZONES[material.zone].readingRequired && (
          <NumberField
            label={t('making.receipt.temperature')}
            after="℃"
            min={-60}
            max={60}
            decimals={1}
            value={celsius}
            onNumber={setCelsius}
            error={flaw('/body/deciC')}
          />
        )}
        <div className="coop-two">
          <TextField
            label={t('making.receipt.madeOn')}
            optional
            type="date"
            max={today}
            value={madeOn}
            onText={setMadeOn}
            error={flaw('/body/bought/madeOn')}
          />
          <TextField
            label={t('making.receipt.useBy')}
            type="date"
            min={today}
            value={useByDay}
            onText={setUseByDay}
            error={flaw('/body/bought/useByDay')}
          />
        </div>
      </Card>
      <Seller seller={seller} set={(patch) => setSeller({ ...seller, ...patch })} flaw={flaw} />
      <Card>
        <PhotoInput label={t('making.receipt.photos')} ids={fileIds} onIds={setFileIds} max={8} />
      </Card>
      <ProblemNote error={receive.error} />
      <BottomBar>
        <Button
          tone="main"
          size="l"
          full
          busy={receive.isPending}
          refused={ready ? undefined : t('making.incomplete')}
          onClick={submit}
        >
          {t('making.receipt.receive')}
        </Button>
      </BottomBar>
    </div>
  )
}

interface SellerProps {
  seller: typeof noSeller
  set: (patch: Partial<typeof noSeller>) => void
  flaw: (pointer: string) => string | undefined
}

/** Who sold it: name, address, contact, licence, and their lot (食品安全法 Art. 50). */
function Seller({ seller, set, flaw }: SellerProps) {
  const field = (key: keyof typeof noSeller, label: string, maxLength: number, optional = false) => (
    <TextField
      label={label}
      optional={optional}
      maxLength={maxLength}
      value={seller[key]}
      onText={(text) => set({ [key]: text })}
      error={flaw(`/body/bought/${key}`)}
    />
  )
  return (
    <Card title={t('making.receipt.seller')}>
      <p className="muted small">{t('making.receipt.sellerHint')}</p>
      <div className="coop-two">
        {field('supplierName', t('making.material.name'), 60)}
        {field('supplierAddress', t('making.receipt.sellerAddress'), 120)}
        {field('supplierContact', t('making.receipt.sellerContact'), 40)}
        {field('supplierLicence', t('making.receipt.sellerLicence'), 40, true)}
        {field('supplierLotCode', t('making.receipt.lotCode'), 40)}
        {field('certificate', t('making.receipt.certificate'), 40, true)}
      </div>
    </Card>
  )
}
