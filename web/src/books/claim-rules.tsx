import { claimKinds, goodsClasses } from '@huming/shared/claiming'
import { addDays, serviceDayOf } from '@huming/shared/days'
import { newId } from '@huming/shared/ids'
import { useState } from 'react'
import type { Input, Reply } from '../app/api.ts'
import { t } from '../app/i18n.ts'
import { useAct, useApi } from '../app/query.ts'
import { useMay } from '../app/session.ts'
import { Money } from '../kit/amount.tsx'
import { Badge } from '../kit/badge.tsx'
import { Button } from '../kit/button.tsx'
import { Dialog } from '../kit/dialog.tsx'
import { Select, TextField } from '../kit/field.tsx'
import { NumberField } from '../kit/number-field.tsx'
import { PageHeader } from '../kit/page.tsx'
import { EmptyState, Loaded, ProblemNote } from '../kit/states.tsx'
import { type Column, DataTable } from '../kit/table.tsx'
import { toast } from '../kit/toast.tsx'
import './texts.ts'

type Rule = Reply<'claims.rules'>['items'][number]
type Draft = Input<'claims.writeRule'>['body']

/** The rules that claims go by, those in force and those to come; one in force is never changed. */
export function ClaimRules() {
  const rules = useApi('claims.rules', { query: {} })
  const may = useMay()('claim.rule')
  const [open, setOpen] = useState(false)
  return (
    <>
      <PageHeader title={t('claimRules.title')} back="/claims">
        {may && (
          <Button tone="main" icon="plus" onClick={() => setOpen(true)}>
            {t('claimRules.new')}
          </Button>
        )}
      </PageHeader>
      <div className="stack">
        <p className="muted small">{t('claimRules.text')}</p>
        <Loaded
          query={rules}
          empty={{
            when: ({ items }) => items.length === 0,
            show: <EmptyState icon="clock" title={t('claimRules.none')} />,
          }}
        >
          {({ items }) => (
            <DataTable
              label={t('claimRules.title')}
              rows={items}
              rowKey={(one) => one.id}
              columns={columns(serviceDayOf(new Date()))}
            />
          )}
        </Loaded>
      </div>
      <Dialog open={open} onClose={() => setOpen(false)} title={t('claimRules.new')}>
        <RuleForm onDone={() => setOpen(false)} />
      </Dialog>
    </>
  )
}

const kindOf = (kind: Rule['kind']): string =>
  kind === null ? t('claimRules.everyKind') : t(`claims.kind.${kind}`)

const columns = (today: string): Column<Rule>[] => [
  {
    key: 'goods',
    head: t('claimRules.goods'),
    cell: (one) => (
      <>
        <b>{t(`claimRules.class.${one.goodsClass}`)}</b>{' '}
        {one.skuId && <Badge>{t('claimRules.onePack')}</Badge>}{' '}
        {one.validFrom > today && <Badge tone="info">{t('claimRules.coming')}</Badge>}{' '}
        {one.isSample && <Badge>{t('app.sampleMark')}</Badge>}
      </>
    ),
  },
  { key: 'kind', head: t('claims.kind'), cell: (one) => kindOf(one.kind) },
  { key: 'hours', head: t('claimRules.hours'), end: true, cell: (one) => one.hours },
  { key: 'photos', head: t('claimRules.photos'), end: true, cell: (one) => one.photosMin },
  { key: 'auto', head: t('claimRules.auto'), end: true, cell: (one) => <Money fen={one.autoUpToFen} /> },
  { key: 'contest', head: t('claimRules.contest'), end: true, cell: (one) => one.contestHours },
  {
    key: 'valid',
    head: t('claimRules.valid'),
    cell: (one) => (
      <span className="num small">
        {one.validFrom} – {one.validTo === forEver ? t('claimRules.open') : one.validTo}
      </span>
    ),
  },
  { key: 'source', head: t('claimRules.source'), cell: (one) => <span className="small">{one.source}</span> },
]

const forEver = '2099-12-31'

function RuleForm({ onDone }: { onDone: () => void }) {
  const [id] = useState(newId)
  const tomorrow = addDays(serviceDayOf(new Date()), 1)
  const [draft, setDraft] = useState<Draft>(() => ({
    goodsClass: 'fresh',
    kind: null,
    hours: 24,
    photosMin: 1,
    autoUpToFen: 0,
    contestHours: 48,
    validFrom: tomorrow,
    validTo: forEver,
    source: '',
  }))
  const change = (part: Partial<Draft>) => setDraft((old) => ({ ...old, ...part }))
  const act = useAct('claims.writeRule', {
    changes: ['claims.rules'],
    onDone: () => {
      toast(t('claimRules.written'))
      onDone()
    },
  })
  return (
    <div className="stack">
      <Select
        label={t('claimRules.goods')}
        value={draft.goodsClass}
        options={goodsClasses.map((value) => ({ value, label: t(`claimRules.class.${value}`) }))}
        onPick={(goodsClass) => change({ goodsClass })}
      />
      <Select
        label={t('claims.kind')}
        value={draft.kind ?? ''}
        placeholder={t('claimRules.everyKind')}
        optional
        options={claimKinds.map((value) => ({ value, label: t(`claims.kind.${value}`) }))}
        onPick={(kind) => change({ kind: claimKinds.find((one) => one === kind) ?? null })}
      />
      <NumberField
        label={t('claimRules.hours')}
        value={draft.hours}
        min={1}
        max={2160}
        onNumber={(hours) => hours !== null && change({ hours })}
      />
      <NumberField
        label={t('claimRules.photos')}
        value={draft.photosMin}
        max={6}
        onNumber={(photosMin) => photosMin !== null && change({ photosMin })}
      />
      <NumberField
        label={t('claimRules.autoYuan')}
        hint={t('claimRules.autoHint')}
        value={draft.autoUpToFen / 100}
        decimals={2}
        max={1_000_000}
        onNumber={(yuan) => yuan !== null && change({ autoUpToFen: Math.round(yuan * 100) })}
      />
      <NumberField
        label={t('claimRules.contest')}
        value={draft.contestHours}
        max={2160}
        onNumber={(contestHours) => contestHours !== null && change({ contestHours })}
      />
      <TextField
        label={t('claimRules.from')}
        hint={t('claimRules.fromHint')}
        type="date"
        min={tomorrow}
        value={draft.validFrom}
        onText={(validFrom) => validFrom && change({ validFrom })}
      />
      <TextField
        label={t('claimRules.source')}
        hint={t('claimRules.sourceHint')}
        maxLength={200}
        value={draft.source}
        onText={(source) => change({ source })}
      />
      <ProblemNote error={act.error} />
      <Button
        tone="main"
        busy={act.isPending}
        refused={draft.source.trim() === '' ? t('claimRules.sourceHint') : undefined}
        onClick={() => act.mutate({ params: { id }, body: draft })}
      >
        {t('claimRules.save')}
      </Button>
    </div>
  )
}
