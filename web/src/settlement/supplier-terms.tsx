import { isServiceDay, serviceDayOf } from '@huming/shared/days'
import { newId } from '@huming/shared/ids'
import { type PayoutRhythm, payoutRhythms } from '@huming/shared/settling'
import { useState } from 'react'
import type { Reply } from '../app/api.ts'
import { t } from '../app/i18n.ts'
import { useAct, useApi } from '../app/query.ts'
import { useMay } from '../app/session.ts'
import { UnitPrice } from '../kit/amount.tsx'
import { Button } from '../kit/button.tsx'
import { Dialog } from '../kit/dialog.tsx'
import { Select, TextField } from '../kit/field.tsx'
import { NumberField } from '../kit/number-field.tsx'
import { PageHeader } from '../kit/page.tsx'
import { Loaded, Note, ProblemNote } from '../kit/states.tsx'
import { type Column, DataTable } from '../kit/table.tsx'
import { toast } from '../kit/toast.tsx'
import { PartySelect } from './party-select.tsx'
import { fullDay, percentOf, rateOf } from './words.ts'
import './texts.ts'

type Terms = Reply<'settlement.terms'>['items'][number]

const columns = (): Column<Terms>[] => [
  {
    key: 'supplier',
    head: t('terms.supplier'),
    cell: (one) => <b>{one.supplier}</b>,
    sort: (one) => one.supplier,
  },
  { key: 'from', head: t('terms.from'), cell: (one) => fullDay(one.validFrom) },
  { key: 'fee', head: t('money.fee'), end: true, cell: (one) => percentOf(one.feeBp) },
  {
    key: 'delivery',
    head: t('money.delivery'),
    end: true,
    cell: (one) => <UnitPrice centifen={one.deliveryFeeCentifen} unit="kg" size="s" />,
  },
  {
    key: 'retention',
    head: t('money.retention'),
    cell: (one) =>
      t('money.retentionTerm', { rate: percentOf(one.retentionBp), months: one.retentionMonths }),
  },
  { key: 'rhythm', head: t('money.rhythm'), cell: (one) => t(`money.rhythm.${one.rhythm}`) },
  { key: 'wait', head: t('money.wait'), cell: (one) => t('money.days', { days: one.waitDays }) },
  { key: 'note', head: '', cell: (one) => <span className="muted small">{one.note}</span> },
]

/** What operations agreed with suppliers: those in force, to come and over. */
export function SupplierTerms() {
  const [adding, setAdding] = useState(false)
  const may = useMay()
  const terms = useApi('settlement.terms')
  return (
    <>
      <PageHeader title={t('terms.title')}>
        {may('terms.write') && (
          <Button tone="main" icon="plus" onClick={() => setAdding(true)}>
            {t('terms.new')}
          </Button>
        )}
      </PageHeader>
      <Loaded query={terms}>
        {({ items }) => (
          <DataTable label={t('terms.title')} rows={items} rowKey={(one) => one.id} columns={columns()} />
        )}
      </Loaded>
      {adding && <TermsDialog onClose={() => setAdding(false)} />}
    </>
  )
}

function TermsDialog({ onClose }: { onClose: () => void }) {
  const [id] = useState(newId)
  const [draft, setDraft] = useState(() => ({
    supplierOrgId: '',
    validFrom: serviceDayOf(new Date()) as string,
    fee: 2 as number | null,
    delivery: 0.3 as number | null,
    retention: 3 as number | null,
    months: 3 as number | null,
    rhythm: 'weekly' as PayoutRhythm,
    waitDays: 2 as number | null,
  }))
  const set = (patch: Partial<typeof draft>) => setDraft({ ...draft, ...patch })
  const write = useAct('settlement.writeTerms', {
    changes: ['settlement.terms', 'settlement.money'],
    onDone: () => {
      toast(t('terms.saved'))
      onClose()
    },
  })
  const { supplierOrgId, validFrom, rhythm, months, waitDays } = draft
  const feeBp = rateOf('bp', draft.fee)
  const deliveryFeeCentifen = rateOf('kg', draft.delivery)
  const retentionBp = rateOf('bp', draft.retention)
  const complete =
    supplierOrgId !== '' && isServiceDay(validFrom) && feeBp !== null && deliveryFeeCentifen !== null
  const body =
    complete && retentionBp !== null && months !== null && waitDays !== null
      ? {
          supplierOrgId,
          validFrom,
          feeBp,
          feeBpByCategory: {},
          deliveryFeeCentifen,
          retentionBp,
          retentionMonths: months,
          rhythm,
          waitDays,
          note: '',
        }
      : null
  const foot = (
    <Button
      tone="main"
      busy={write.isPending}
      refused={body ? undefined : t('settle.incomplete')}
      onClick={() => body && write.mutate({ params: { id }, body })}
    >
      {t('kit.save')}
    </Button>
  )
  const number = (
    key: 'fee' | 'delivery' | 'retention' | 'months' | 'waitDays',
    max: number,
    decimals = 0,
  ) => (
    <NumberField
      label={t(key === 'fee' ? 'terms.feeBp' : `terms.${key}`)}
      value={draft[key]}
      max={max}
      decimals={decimals}
      onNumber={(value) => set({ [key]: value })}
    />
  )
  return (
    <Dialog open onClose={onClose} title={t('terms.new')} foot={foot}>
      <div className="stack">
        <ProblemNote error={write.error} />
        <Note>{t('terms.hint')}</Note>
        <PartySelect
          label={t('terms.supplier')}
          kinds={['coop', 'base']}
          value={supplierOrgId}
          onPick={(one) => set({ supplierOrgId: one })}
        />
        <TextField
          label={t('terms.from')}
          type="date"
          value={validFrom}
          onText={(text) => set({ validFrom: text })}
        />
        {number('fee', 100, 2)}
        {number('delivery', 100, 4)}
        {number('retention', 30, 2)}
        {number('months', 36)}
        <Select
          label={t('money.rhythm')}
          value={rhythm}
          options={payoutRhythms.map((value) => ({ value, label: t(`money.rhythm.${value}`) }))}
          onPick={(value) => set({ rhythm: value })}
        />
        {number('waitDays', 60)}
      </div>
    </Dialog>
  )
}
