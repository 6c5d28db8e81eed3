import { addDays, dayDiff, isServiceDay, serviceDayOf } from '@huming/shared/days'
import { newId } from '@huming/shared/ids'
import { useState } from 'react'
import { useLocation, useSearchParams } from 'wouter'
import type { Reply } from '../app/api.ts'
import { named, t } from '../app/i18n.ts'
import { useAct, useApi } from '../app/query.ts'
import { Button, LinkButton } from '../kit/button.tsx'
import { RadioGroup, Select, TextField } from '../kit/field.tsx'
import { NumberField } from '../kit/number-field.tsx'
import { BottomBar, Card, PageHeader } from '../kit/page.tsx'
import { EmptyState, Loaded, ProblemNote } from '../kit/states.tsx'
import { toast } from '../kit/toast.tsx'
import { AmountField } from './amount-field.tsx'
import { flawsOf } from './flaws.ts'
import type { Lot } from './lots.tsx'
import { useSupplier } from './scope.tsx'
import { packingOf, packWords } from './words.ts'

type Product = Reply<'catalogue.listProducts'>['items'][number]
type Sku = Product['skus'][number]
type Choice = { sku: Sku; label: string }

/** Declares a lot: which pack, how much, when. What the last lot of the pack had is offered again. */
export function DeclareLot() {
  const { orgId, to } = useSupplier()
  const [search, setSearch] = useSearchParams()
  const products = useApi('catalogue.listProducts', { query: { orgId, archived: 'false', limit: 200 } })
  const hubs = useApi('orders.hubs')
  const skuId = search.get('sku') ?? ''
  const last = useApi('stock.listLots', { query: { orgId, skuId, limit: 1 } }, { enabled: skuId !== '' })
  const choices = (products.data?.items ?? []).flatMap(choicesOf)
  const chosen = choices.find((one) => one.sku.id === skuId)
  return (
    <>
      <PageHeader title={t('coop.lot.declare')} back={to('/lots')} />
      <Loaded
        query={products}
        empty={{
          when: () => choices.length === 0,
          show: (
            <EmptyState icon="leaf" title={t('coop.lot.noPacks')} text={t('coop.lot.noPacksText')}>
              <LinkButton to={to('/products')} tone="main">
                {t('coop.nav.products')}
              </LinkButton>
            </EmptyState>
          ),
        }}
      >
        {() => (
          <div className="stack coop-form">
            <Card title={t('coop.lot.which')}>
              <Select
                label={t('coop.lot.pack')}
                size="l"
                value={chosen ? skuId : ''}
                placeholder={t('coop.choose')}
                options={choices.map(({ sku, label }) => ({ value: sku.id, label }))}
                onPick={(id) => setSearch({ sku: id }, { replace: true })}
              />
              {chosen && <span className="muted small">{packWords(chosen.sku)}</span>}
            </Card>
            {chosen && last.data && hubs.data && (
              <LotForm key={skuId} sku={chosen.sku} last={last.data.items[0]} hubs={hubs.data.items} />
            )}
          </div>
        )}
      </Loaded>
    </>
  )
}

const choicesOf = (product: Product): Choice[] =>
  product.skus
    .filter((sku) => !sku.archived)
    .map((sku) => ({ sku, label: `${named({ zh: product.name, en: product.nameEn })} · ${sku.spec}` }))

interface Draft {
  stage: 'made' | 'planned'
  hubId: string
  quantity: number | null
  capPercent: number | null
  madeOn: string
  readyDay: string
  useByDay: string
  certificate: string
  code: string
}

type Hubs = Reply<'orders.hubs'>['items']

/** Days from making to the dock's first delivery, as the last lot had it. */
function firstDraft(sku: Sku, last: Lot | undefined, hubs: Hubs): Draft {
  const today = serviceDayOf(new Date())
  const lead =
    last?.madeOn && isServiceDay(last.madeOn) && isServiceDay(last.readyDay)
      ? Math.min(7, Math.max(0, dayDiff(last.madeOn, last.readyDay)))
      : 1
  const central = hubs.find((hub) => hub.kind === 'central') ?? hubs[0]
  return {
    stage: last?.stage === 'planned' ? 'planned' : 'made',
    hubId: last?.hubId ?? central?.id ?? '',
    quantity: last?.quantity ?? null,
    capPercent: 70,
    madeOn: today,
    readyDay: addDays(today, lead),
    useByDay: addDays(today, sku.shelfLifeDays),
    certificate: '',
    code: '',
  }
}

function LotForm({ sku, last, hubs }: { sku: Sku; last: Lot | undefined; hubs: Hubs }) {
  const { to } = useSupplier()
  const [, go] = useLocation()
  const [id] = useState(newId)
  const [draft, setDraft] = useState(() => firstDraft(sku, last, hubs))
  const set = (patch: Partial<Draft>) => setDraft((before) => ({ ...before, ...patch }))
  const declare = useAct('stock.declareLot', {
    changes: ['stock.listLots', 'stock.readLot'],
    onDone: () => {
      toast(t('coop.lot.declared'))
      go(to(`/lots/${id}`))
    },
  })
  const { stage, hubId, quantity, madeOn, readyDay, useByDay, certificate, code } = draft
  const made = stage === 'made'
  const days = made ? [madeOn, readyDay, useByDay] : [readyDay, useByDay]
  const ready = quantity !== null && hubId !== '' && days.every((day) => isServiceDay(day))
  const submit = () => {
    if (quantity === null) return
    const body = {
      skuId: sku.id,
      hubId,
      stage,
      quantity,
      readyDay,
      useByDay,
      certificate,
      madeOn: made ? madeOn : null,
      capBp: (draft.capPercent ?? 70) * 100,
      ...(code.trim() ? { code: code.trim().toUpperCase() } : {}),
    }
    declare.mutate({ params: { id }, body })
  }
  return (
    <>
      <Card title={t('coop.lot.howMuch')}>
        <RadioGroup
          label={t('coop.lot.kind')}
          hideLabel
          value={stage}
          options={[
            { value: 'made', label: t('coop.lot.kindMade'), hint: t('coop.lot.kindMadeHint') },
            { value: 'planned', label: t('coop.lot.kindPlanned'), hint: t('coop.lot.kindPlannedHint') },
          ]}
          onPick={(next) => set({ stage: next })}
        />
        <AmountField
          label={t('coop.lot.quantity')}
          size="l"
          units={unitsOf(sku)}
          packing={packingOf(sku)}
          base={quantity}
          onBase={(base) => set({ quantity: base })}
          error={flawsOf(declare.error)('/body/quantity')}
        />
        {!made && (
          <NumberField
            label={t('coop.lot.cap')}
            hint={t('coop.lot.capHint')}
            after="%"
            min={0}
            max={100}
            value={draft.capPercent}
            onNumber={(capPercent) => set({ capPercent })}
          />
        )}
        {hubs.length > 1 && (
          <Select
            label={t('coop.lot.hub')}
            value={hubId}
            options={hubs.map((hub) => ({ value: hub.id, label: hub.name }))}
            onPick={(next) => set({ hubId: next })}
          />
        )}
      </Card>
      <WhenCard sku={sku} draft={draft} set={set} error={declare.error} />
      <ProblemNote error={declare.error} />
      <BottomBar>
        <Button
          tone="main"
          size="l"
          full
          busy={declare.isPending}
          refused={ready ? undefined : t('coop.incomplete')}
          onClick={submit}
        >
          {t('coop.lot.declare')}
        </Button>
      </BottomBar>
    </>
  )
}

interface WhenProps {
  sku: Sku
  draft: Draft
  set: (patch: Partial<Draft>) => void
  error: unknown
}

/** Days and papers. Moving the day of making moves the use-by day with it. */
function WhenCard({ sku, draft, set, error }: WhenProps) {
  const flaw = flawsOf(error)
  const made = draft.stage === 'made'
  const from = (day: string) => (isServiceDay(day) ? addDays(day, sku.shelfLifeDays) : draft.useByDay)
  return (
    <Card title={t('coop.lot.when')}>
      <div className="coop-two">
        {made && (
          <TextField
            label={t('coop.lot.madeOn')}
            type="date"
            value={draft.madeOn}
            onText={(madeOn) => set({ madeOn, useByDay: from(madeOn) })}
            error={flaw('/body/madeOn')}
          />
        )}
        <TextField
          label={t('coop.lot.readyDay')}
          hint={t('coop.lot.readyDayHint')}
          type="date"
          value={draft.readyDay}
          onText={(readyDay) => set(made ? { readyDay } : { readyDay, useByDay: from(readyDay) })}
          error={flaw('/body/readyDay')}
        />
        <TextField
          label={t('coop.lot.useByDay')}
          hint={t('coop.lot.useByHint', { days: sku.shelfLifeDays })}
          type="date"
          value={draft.useByDay}
          onText={(useByDay) => set({ useByDay })}
          error={flaw('/body/useByDay')}
        />
      </div>
      {made && (
        <TextField
          label={t('coop.lot.certificate')}
          hint={t('coop.lot.certificateHint')}
          maxLength={40}
          value={draft.certificate}
          onText={(certificate) => set({ certificate })}
          error={flaw('/body/certificate')}
        />
      )}
      <TextField
        label={t('coop.lot.code')}
        optional
        hint={t('coop.lot.codeHint')}
        maxLength={40}
        value={draft.code}
        onText={(code) => set({ code })}
        error={flaw('/body/code')}
      />
    </Card>
  )
}

/** Order unit first, then the others of the pack, then kg, L or pieces. */
function unitsOf(sku: Sku) {
  const base = sku.baseUnit === 'g' ? 'kg' : sku.baseUnit === 'ml' ? 'litre' : 'piece'
  return [...new Set([sku.orderUnit, ...sku.units.map((one) => one.unit), base] as const)]
}
