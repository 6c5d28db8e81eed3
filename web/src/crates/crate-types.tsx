import { newId } from '@huming/shared/ids'
import { useState } from 'react'
import type { Reply } from '../app/api.ts'
import { t } from '../app/i18n.ts'
import { useAct, useApi } from '../app/query.ts'
import { useMay } from '../app/session.ts'
import { Money } from '../kit/amount.tsx'
import { Badge } from '../kit/badge.tsx'
import { Button } from '../kit/button.tsx'
import { Dialog } from '../kit/dialog.tsx'
import { Checkbox, TextField } from '../kit/field.tsx'
import { NumberField } from '../kit/number-field.tsx'
import { PageHeader } from '../kit/page.tsx'
import { EmptyState, Loaded, ProblemNote } from '../kit/states.tsx'
import { DataTable } from '../kit/table.tsx'
import { toast } from '../kit/toast.tsx'
import { crateName } from './crate-counts.tsx'
import './texts.ts'

type Type = Reply<'crates.types'>['items'][number]

/** The kinds of crates that go round: tare for the scales, deposit for the books. */
export function CrateTypes() {
  const may = useMay()
  const types = useApi('crates.types')
  const [opened, setOpened] = useState<Type | 'new' | null>(null)
  const mayWrite = may('crateType.write')
  return (
    <>
      <PageHeader title={t('crates.types.title')}>
        {mayWrite && (
          <Button tone="main" icon="plus" onClick={() => setOpened('new')}>
            {t('crates.types.add')}
          </Button>
        )}
      </PageHeader>
      <Loaded
        query={types}
        empty={{
          when: ({ items }) => items.length === 0,
          show: <EmptyState icon="box" title={t('crates.types.none')} text={t('crates.types.noneText')} />,
        }}
      >
        {({ items }) => (
          <DataTable
            label={t('crates.types.title')}
            rows={items}
            rowKey={(type) => type.id}
            columns={[
              {
                key: 'name',
                head: t('crates.types.name'),
                cell: (type) => (
                  <span className="row">
                    <b>{crateName(type)}</b>
                    {type.isSample && <Badge>{t('app.sampleMark')}</Badge>}
                  </span>
                ),
              },
              { key: 'code', head: t('crates.types.code'), cell: (type) => type.code },
              {
                key: 'tare',
                head: t('crates.types.tare'),
                end: true,
                cell: (type) => `${type.tareGrams / 1000} kg`,
              },
              {
                key: 'deposit',
                head: t('crates.types.deposit'),
                end: true,
                cell: (type) => <Money fen={type.depositFen} />,
              },
              {
                key: 'state',
                head: t('crates.types.state'),
                cell: (type) => (
                  <Badge tone={type.closedAt ? 'plain' : 'good'}>
                    {t(type.closedAt ? 'crates.types.closed' : 'crates.types.inUse')}
                  </Badge>
                ),
              },
              ...(mayWrite
                ? [
                    {
                      key: 'edit',
                      head: '',
                      cell: (type: Type) => (
                        <Button icon="edit" onClick={() => setOpened(type)}>
                          {t('crates.types.edit')}
                        </Button>
                      ),
                    },
                  ]
                : []),
            ]}
          />
        )}
      </Loaded>
      {opened && <TypeDialog type={opened === 'new' ? null : opened} onClose={() => setOpened(null)} />}
    </>
  )
}

const fresh = { code: '', name: '', nameEn: '', tareGrams: 0, depositFen: 0, closed: false }

function TypeDialog({ type, onClose }: { type: Type | null; onClose: () => void }) {
  const [id] = useState(type?.id ?? newId)
  const [draft, setDraft] = useState(() => (type ? bodyOf(type) : fresh))
  const set = (change: Partial<typeof fresh>) => setDraft({ ...draft, ...change })
  const act = useAct('crates.writeType', {
    changes: ['crates.types'],
    onDone: (saved) => {
      toast(t('crates.types.saved', { name: crateName(saved) }))
      onClose()
    },
  })
  const ready = draft.code.trim() !== '' && draft.name.trim() !== '' && draft.tareGrams > 0
  const foot = (
    <Button
      tone="main"
      full
      busy={act.isPending}
      refused={ready ? undefined : t('crates.types.incomplete')}
      onClick={() => act.mutate({ params: { id }, body: draft })}
    >
      {t('crates.types.save')}
    </Button>
  )
  const title = type ? t('crates.types.editOf', { name: crateName(type) }) : t('crates.types.add')
  return (
    <Dialog open onClose={onClose} title={title} foot={foot}>
      <div className="stack">
        <ProblemNote error={act.error} />
        <TextField
          label={t('crates.types.code')}
          maxLength={20}
          value={draft.code}
          onText={(code) => set({ code })}
        />
        <TextField
          label={t('crates.types.name')}
          maxLength={40}
          value={draft.name}
          onText={(name) => set({ name })}
        />
        <TextField
          label={t('crates.types.nameEn')}
          maxLength={60}
          optional
          value={draft.nameEn}
          onText={(nameEn) => set({ nameEn })}
        />
        <NumberField
          label={t('crates.types.tare')}
          after="kg"
          decimals={3}
          max={100}
          value={draft.tareGrams === 0 ? null : draft.tareGrams / 1000}
          onNumber={(kg) => set({ tareGrams: Math.round((kg ?? 0) * 1000) })}
        />
        <NumberField
          label={t('crates.types.deposit')}
          after={t('crates.types.yuan')}
          decimals={2}
          max={10_000}
          value={draft.depositFen / 100}
          onNumber={(yuan) => set({ depositFen: Math.round((yuan ?? 0) * 100) })}
        />
        {type && (
          <>
            <Checkbox
              label={t('crates.types.closed')}
              checked={draft.closed}
              onCheck={(closed) => set({ closed })}
            />
            <p className="muted small">{t('crates.types.closedHint')}</p>
          </>
        )}
      </div>
    </Dialog>
  )
}

const bodyOf = ({ code, name, nameEn, tareGrams, depositFen, closedAt }: Type) => ({
  code,
  name,
  nameEn,
  tareGrams,
  depositFen,
  closed: closedAt !== null,
})
