import { addDays, serviceDayOf } from '@huming/shared/days'
import { newId } from '@huming/shared/ids'
import { debtorKinds, statementRhythms, statementSides } from '@huming/shared/stating'
import { useState } from 'react'
import type { Input, Reply } from '../app/api.ts'
import { t } from '../app/i18n.ts'
import { useAct, useApi } from '../app/query.ts'
import { Badge } from '../kit/badge.tsx'
import { Button } from '../kit/button.tsx'
import { Dialog } from '../kit/dialog.tsx'
import { Checkbox, Select, TextField } from '../kit/field.tsx'
import { NumberField } from '../kit/number-field.tsx'
import { PageHeader } from '../kit/page.tsx'
import { Loaded, Note, ProblemNote } from '../kit/states.tsx'
import { DataTable } from '../kit/table.tsx'
import './texts.ts'

type Terms = Reply<'statements.terms'>['items'][number]
type Draft = Input<'statements.writeTerms'>['body']

/** Contract terms of accounts, each judged by the lawful limit that holds for its debtor. */
export function TermsScreen() {
  const terms = useApi('statements.terms', { query: {} })
  const [open, setOpen] = useState(false)
  return (
    <>
      <PageHeader title={t('terms.title')} back="/statements">
        <Button tone="main" icon="plus" onClick={() => setOpen(true)}>
          {t('terms.new')}
        </Button>
      </PageHeader>
      <Loaded query={terms}>
        {({ items }) => (
          <DataTable label={t('terms.title')} rows={items} rowKey={(one) => one.id} columns={columns()} />
        )}
      </Loaded>
      <Dialog open={open} onClose={() => setOpen(false)} title={t('terms.new')}>
        <TermsForm onDone={() => setOpen(false)} />
      </Dialog>
    </>
  )
}

const columns = () => [
  { key: 'party', head: t('terms.org'), cell: (one: Terms) => one.party ?? t('terms.everyone') },
  { key: 'side', head: t('terms.side'), cell: (one: Terms) => t(`statements.side.${one.side}`) },
  {
    key: 'rhythm',
    head: t('terms.rhythm'),
    cell: (one: Terms) => `${t(`terms.rhythm.${one.rhythm}`)} ${one.cutDay}`,
  },
  { key: 'due', head: t('terms.dueDays'), end: true, cell: (one: Terms) => one.dueDays },
  { key: 'debtor', head: t('terms.debtor'), cell: (one: Terms) => t(`terms.debtor.${one.debtorKind}`) },
  { key: 'auto', head: t('terms.auto'), end: true, cell: (one: Terms) => one.autoConfirmDays ?? '—' },
  { key: 'from', head: t('terms.validFrom'), cell: (one: Terms) => one.validFrom },
  {
    key: 'source',
    head: '802',
    cell: (one: Terms) => (
      <span className="small">
        {one.verdict === 'warn' && <Badge tone="warn">{t('terms.agreed')}</Badge>} {one.verdictSource}
      </span>
    ),
  },
]

function TermsForm({ onDone }: { onDone: () => void }) {
  const organisations = useApi('accounts.listOrganisations', { query: { limit: 200 } })
  const [id] = useState(newId)
  const [draft, setDraft] = useState<Draft>(() => ({
    side: 'buyer',
    orgId: null,
    rhythm: 'monthly',
    cutDay: 31,
    dueDays: 30,
    debtorKind: 'public_body',
    autoConfirmDays: null,
    interest: false,
    validFrom: addDays(serviceDayOf(new Date()), 1),
    validTo: '2099-12-31',
    agreed: false,
  }))
  const change = (part: Partial<Draft>) => setDraft((old) => ({ ...old, ...part }))
  const { debtorKind, dueDays, validFrom } = draft
  const check = useApi(
    'statements.checkTerms',
    { query: { debtorKind, dueDays, day: validFrom } },
    { keep: true },
  )
  const act = useAct('statements.writeTerms', { changes: ['statements.terms'], onDone })
  const verdict = check.data
  return (
    <div className="stack">
      <Select
        label={t('terms.side')}
        value={draft.side}
        options={statementSides.map((value) => ({ value, label: t(`statements.side.${value}`) }))}
        onPick={(side) => change({ side })}
      />
      <Select
        label={t('terms.org')}
        value={draft.orgId ?? ''}
        placeholder={t('terms.everyone')}
        optional
        options={(organisations.data?.items ?? []).map((org) => ({ value: org.id, label: org.shortName }))}
        onPick={(orgId) => change({ orgId: orgId || null })}
      />
      <Select
        label={t('terms.rhythm')}
        value={draft.rhythm}
        options={statementRhythms.map((value) => ({ value, label: t(`terms.rhythm.${value}`) }))}
        onPick={(rhythm) => change({ rhythm, cutDay: rhythm === 'weekly' ? 7 : 31 })}
      />
      <NumberField
        label={t('terms.cutDay')}
        hint={t('terms.cutDayHint')}
        value={draft.cutDay}
        min={1}
        max={draft.rhythm === 'weekly' ? 7 : 31}
        onNumber={(cutDay) => cutDay !== null && change({ cutDay })}
      />
      <Select
        label={t('terms.debtor')}
        value={debtorKind}
        options={debtorKinds.map((value) => ({ value, label: t(`terms.debtor.${value}`) }))}
        onPick={(kind) => change({ debtorKind: kind })}
      />
      <NumberField
        label={t('terms.dueDays')}
        value={dueDays}
        min={0}
        max={365}
        onNumber={(days) => days !== null && change({ dueDays: days })}
      />
      {verdict && (
        <Note tone={verdict.verdict === 'ok' ? 'good' : verdict.verdict === 'warn' ? 'warn' : 'bad'}>
          {t(`terms.verdict.${verdict.verdict}`, {
            warn: verdict.warnDays,
            max: verdict.maxDays,
            source: verdict.source,
          })}
        </Note>
      )}
      {verdict?.verdict === 'warn' && (
        <Checkbox
          label={t('terms.agreed')}
          checked={draft.agreed ?? false}
          onCheck={(agreed) => change({ agreed })}
        />
      )}
      <NumberField
        label={t('terms.auto')}
        optional
        value={draft.autoConfirmDays}
        min={1}
        max={60}
        onNumber={(autoConfirmDays) => change({ autoConfirmDays })}
      />
      <Checkbox
        label={t('terms.interest')}
        checked={draft.interest}
        onCheck={(interest) => change({ interest })}
      />
      <TextField
        label={t('terms.validFrom')}
        type="date"
        value={validFrom}
        onText={(day) => day && change({ validFrom: day })}
      />
      <ProblemNote error={act.error} />
      <Button
        tone="main"
        busy={act.isPending}
        refused={
          verdict?.verdict === 'refused'
            ? t('terms.verdict.refused', { max: verdict.maxDays, source: verdict.source })
            : undefined
        }
        onClick={() => act.mutate({ params: { id }, body: draft })}
      >
        {t('terms.save')}
      </Button>
    </div>
  )
}
