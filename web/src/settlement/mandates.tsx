import { isServiceDay, serviceDayOf } from '@huming/shared/days'
import { newId } from '@huming/shared/ids'
import { type CommissionBasis, commissionBases } from '@huming/shared/settling'
import { useState } from 'react'
import type { Reply } from '../app/api.ts'
import { t } from '../app/i18n.ts'
import { useAct, useApi } from '../app/query.ts'
import { useMay } from '../app/session.ts'
import { Button } from '../kit/button.tsx'
import { Dialog } from '../kit/dialog.tsx'
import { Select, TextField } from '../kit/field.tsx'
import { NumberField } from '../kit/number-field.tsx'
import { PageHeader } from '../kit/page.tsx'
import { EmptyState, Loaded, ProblemNote } from '../kit/states.tsx'
import { type Column, DataTable } from '../kit/table.tsx'
import { toast } from '../kit/toast.tsx'
import { Contests } from './contests.tsx'
import { PartySelect } from './party-select.tsx'
import { commissionWords, fullDay, percentOf, rateOf } from './words.ts'
import './texts.ts'

type Mandate = Reply<'commission.mandates'>['items'][number]

const columns = (onEnd: ((one: Mandate) => void) | null): Column<Mandate>[] => [
  { key: 'broker', head: t('mandate.broker'), cell: (one) => <b>{one.broker}</b> },
  { key: 'principal', head: t('mandate.principal'), cell: (one) => one.principal },
  {
    key: 'days',
    head: t('mandate.days'),
    cell: (one) => `${fullDay(one.validFrom)} – ${fullDay(one.validTo)}`,
  },
  {
    key: 'commission',
    head: t('mandate.commission'),
    cell: (one) =>
      one.commissionBasis ? (
        <span>
          {commissionWords(one.commissionBasis, one.commissionRate)}{' '}
          <span className="muted small">
            {t('mandate.paysText', { share: percentOf(one.supplierPaysBp) })}
          </span>
        </span>
      ) : (
        t('mandate.noCommission')
      ),
  },
  {
    key: 'act',
    head: '',
    cell: (one) =>
      onEnd && one.validTo >= serviceDayOf(new Date()) ? (
        <Button onClick={() => onEnd(one)}>{t('mandate.end')}</Button>
      ) : null,
  },
]

/** Mandates of brokers with their commission; operations gives and ends them, and answers objections. */
export function Mandates() {
  const [adding, setAdding] = useState(false)
  const [ending, setEnding] = useState<Mandate | null>(null)
  const may = useMay()
  const mandates = useApi('commission.mandates')
  return (
    <>
      <PageHeader title={t('mandate.title')}>
        {may('mandate.write') && (
          <Button tone="main" icon="plus" onClick={() => setAdding(true)}>
            {t('mandate.new')}
          </Button>
        )}
      </PageHeader>
      <Loaded
        query={mandates}
        empty={{
          when: ({ items }) => items.length === 0,
          show: <EmptyState icon="people" title={t('mandate.none')} />,
        }}
      >
        {({ items }) => (
          <DataTable
            label={t('mandate.title')}
            rows={items}
            rowKey={(one) => one.id}
            columns={columns(may('mandate.write') ? setEnding : null)}
          />
        )}
      </Loaded>
      {may('commission.read') && <Contests mayAnswer={may('commission.answer')} />}
      {adding && <MandateDialog onClose={() => setAdding(false)} />}
      {ending && <EndDialog mandate={ending} onClose={() => setEnding(null)} />}
    </>
  )
}

type Draft = {
  brokerOrgId: string
  principalOrgId: string
  validFrom: string
  validTo: string
  basis: CommissionBasis
  /** Yuan a kg, per cent or yuan, by the basis. */
  rate: number | null
  pays: number | null
}

function MandateDialog({ onClose }: { onClose: () => void }) {
  const [id] = useState(newId)
  const today: string = serviceDayOf(new Date())
  const [draft, setDraft] = useState<Draft>({
    brokerOrgId: '',
    principalOrgId: '',
    validFrom: today,
    validTo: `${Number(today.slice(0, 4)) + 1}-12-31`,
    basis: 'kg',
    rate: null,
    pays: 100,
  })
  const set = (patch: Partial<typeof draft>) => setDraft({ ...draft, ...patch })
  const write = useAct('commission.writeMandate', {
    changes: ['commission.mandates'],
    onDone: () => {
      toast(t('mandate.saved'))
      onClose()
    },
  })
  const { brokerOrgId, principalOrgId, validFrom, validTo, basis } = draft
  const commissionRate = rateOf(basis, draft.rate)
  const supplierPaysBp = rateOf('bp', draft.pays)
  const days = isServiceDay(validFrom) && isServiceDay(validTo)
  const body =
    brokerOrgId && principalOrgId && days && commissionRate && supplierPaysBp !== null
      ? {
          brokerOrgId,
          principalOrgId,
          validFrom,
          validTo,
          commissionBasis: basis,
          commissionRate,
          supplierPaysBp,
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
  return (
    <Dialog open onClose={onClose} title={t('mandate.new')} foot={foot}>
      <div className="stack">
        <ProblemNote error={write.error} />
        <PartySelect
          label={t('mandate.broker')}
          kinds={['broker']}
          value={brokerOrgId}
          onPick={(one) => set({ brokerOrgId: one })}
        />
        <PartySelect
          label={t('mandate.principal')}
          kinds={['coop', 'base']}
          value={principalOrgId}
          onPick={(one) => set({ principalOrgId: one })}
        />
        <TextField
          label={t('terms.from')}
          type="date"
          value={validFrom}
          onText={(text) => set({ validFrom: text })}
        />
        <TextField
          label={t('mandate.until')}
          type="date"
          value={validTo}
          onText={(text) => set({ validTo: text })}
        />
        <Select
          label={t('mandate.basis')}
          value={basis}
          options={commissionBases.map((value) => ({ value, label: t(`mandate.basis.${value}`) }))}
          onPick={(value) => set({ basis: value })}
        />
        <NumberField
          label={t('mandate.rate')}
          value={draft.rate}
          max={1000}
          decimals={basis === 'kg' ? 4 : 2}
          onNumber={(rate) => set({ rate })}
        />
        <NumberField
          label={t('mandate.pays')}
          value={draft.pays}
          max={100}
          decimals={2}
          onNumber={(pays) => set({ pays })}
        />
      </div>
    </Dialog>
  )
}

function EndDialog({ mandate, onClose }: { mandate: Mandate; onClose: () => void }) {
  const [validTo, setValidTo] = useState(mandate.validTo)
  const end = useAct('commission.endMandate', {
    changes: ['commission.mandates'],
    onDone: () => {
      toast(t('mandate.saved'))
      onClose()
    },
  })
  const foot = (
    <Button
      tone="main"
      busy={end.isPending}
      refused={isServiceDay(validTo) ? undefined : t('settle.incomplete')}
      onClick={() => end.mutate({ params: { id: mandate.id }, body: { validTo } })}
    >
      {t('kit.save')}
    </Button>
  )
  return (
    <Dialog open onClose={onClose} title={`${mandate.broker} · ${mandate.principal}`} foot={foot}>
      <div className="stack">
        <ProblemNote error={end.error} />
        <TextField label={t('mandate.until')} type="date" value={validTo} onText={setValidTo} />
      </div>
    </Dialog>
  )
}
