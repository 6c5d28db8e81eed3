import { addDays, isServiceDay, serviceDayOf } from '@huming/shared/days'
import { newId } from '@huming/shared/ids'
import { SELLER_TYPES, TAX_CLASS_IDS, TAX_CLASSES } from '@huming/shared/reference/taxes'
import { useState } from 'react'
import type { Input, Reply } from '../app/api.ts'
import { named, t } from '../app/i18n.ts'
import { useAct, useApi } from '../app/query.ts'
import { useMay } from '../app/session.ts'
import { Badge } from '../kit/badge.tsx'
import { Button } from '../kit/button.tsx'
import { Dialog } from '../kit/dialog.tsx'
import { Checkbox, Select, TextField } from '../kit/field.tsx'
import { PageHeader } from '../kit/page.tsx'
import { Loaded, ProblemNote } from '../kit/states.tsx'
import { type Column, DataTable } from '../kit/table.tsx'
import { toast } from '../kit/toast.tsx'
import { readPercent } from './contract-line.tsx'
import { percentText, spanText } from './why.ts'
import './texts.ts'

type Rule = Reply<'pricing.taxRules'>['items'][number]
type Draft = Input<'pricing.writeTaxRule'>['body']

/** VAT rules by class of goods and seller: those in force, to come and over, and a new one from a day on. */
export function Taxes() {
  const may = useMay()
  const [adding, setAdding] = useState(false)
  const rules = useApi('pricing.taxRules')
  return (
    <>
      <PageHeader title={t('taxRule.title')}>
        {may('taxRule.write') && (
          <Button tone="main" icon="plus" onClick={() => setAdding(true)}>
            {t('taxRule.new')}
          </Button>
        )}
      </PageHeader>
      <Loaded query={rules}>
        {({ items }) => (
          <DataTable
            label={t('taxRule.title')}
            rows={items}
            rowKey={(one) => one.id}
            columns={columns(items)}
          />
        )}
      </Loaded>
      {adding && <RuleDialog onClose={() => setAdding(false)} />}
    </>
  )
}

/** Of a class and seller the rule begun last by today holds. */
function holds(rule: Rule, rules: readonly Rule[]): boolean {
  const today = serviceDayOf(new Date())
  const begun = rules.filter(
    (one) =>
      one.taxClass === rule.taxClass &&
      one.sellerType === rule.sellerType &&
      one.validFrom <= today &&
      one.validTo >= today,
  )
  return begun.every((one) => one.validFrom <= rule.validFrom) && begun.includes(rule)
}

const rateText = (rule: Pick<Rule, 'rateBp' | 'exempt'>): string =>
  rule.exempt ? t('taxRule.exempt') : percentText(rule.rateBp)

const columns = (rules: readonly Rule[]): Column<Rule>[] => [
  {
    key: 'class',
    head: t('taxRule.class'),
    cell: (one) => (
      <>
        {named(TAX_CLASSES[one.taxClass])}{' '}
        {holds(one, rules) && <Badge tone="good">{t('taxRule.current')}</Badge>}
      </>
    ),
  },
  { key: 'seller', head: t('taxRule.seller'), cell: (one) => t(`taxRule.seller.${one.sellerType}`) },
  { key: 'rate', head: t('taxRule.rate'), end: true, cell: (one) => <b>{rateText(one)}</b> },
  {
    key: 'days',
    head: t('pricing.days'),
    cell: (one) => spanText(one.validFrom, one.validTo),
  },
  { key: 'basis', head: t('taxRule.basis'), cell: (one) => <span className="small">{one.basis}</span> },
]

function RuleDialog({ onClose }: { onClose: () => void }) {
  const [id] = useState(newId)
  const [rate, setRate] = useState('')
  const [draft, setDraft] = useState<Omit<Draft, 'rateBp'>>(() => ({
    taxClass: 'agri',
    sellerType: 'general',
    validFrom: addDays(serviceDayOf(new Date()), 1),
    validTo: '2099-12-31',
    exempt: false,
    basis: '',
  }))
  const set = (patch: Partial<Draft>) => setDraft({ ...draft, ...patch })
  const write = useAct('pricing.writeTaxRule', {
    changes: ['pricing.taxRules'],
    onDone: () => {
      toast(t('taxRule.saved'))
      onClose()
    },
  })
  const rateBp = draft.exempt ? 0 : readPercent(rate)
  const ready = rateBp !== null && isServiceDay(draft.validFrom) && draft.basis.trim().length > 1
  const foot = (
    <Button
      tone="main"
      busy={write.isPending}
      refused={ready ? undefined : t('pricing.incomplete')}
      onClick={() => write.mutate({ params: { id }, body: { ...draft, rateBp: rateBp ?? 0 } })}
    >
      {t('kit.save')}
    </Button>
  )
  return (
    <Dialog open onClose={onClose} title={t('taxRule.new')} foot={foot}>
      <div className="stack">
        <ProblemNote error={write.error} />
        <Select
          label={t('taxRule.class')}
          value={draft.taxClass}
          options={TAX_CLASS_IDS.map((value) => ({ value, label: named(TAX_CLASSES[value]) }))}
          onPick={(taxClass) => set({ taxClass })}
        />
        <Select
          label={t('taxRule.seller')}
          value={draft.sellerType}
          options={SELLER_TYPES.map((value) => ({ value, label: t(`taxRule.seller.${value}`) }))}
          onPick={(sellerType) => set({ sellerType })}
        />
        <Checkbox label={t('taxRule.exempt')} checked={draft.exempt} onCheck={(exempt) => set({ exempt })} />
        {!draft.exempt && (
          <TextField
            label={t('taxRule.rate')}
            inputMode="decimal"
            maxLength={5}
            value={rate}
            onText={setRate}
          />
        )}
        <TextField
          label={t('pricing.from')}
          hint={t('taxRule.hint')}
          type="date"
          value={draft.validFrom}
          onText={(validFrom) => set({ validFrom })}
        />
        <TextField
          label={t('taxRule.basis')}
          hint={t('taxRule.basisHint')}
          maxLength={200}
          value={draft.basis}
          onText={(basis) => set({ basis })}
        />
      </div>
    </Dialog>
  )
}
