import { leadMessages } from '@huming/shared/i18n/coop-leads'
import { useState } from 'react'
import type { Reply } from '../app/api.ts'
import { addTexts, named, t } from '../app/i18n.ts'
import { useAct, useApi } from '../app/query.ts'
import { useMay } from '../app/session.ts'
import { Badge } from '../kit/badge.tsx'
import { Button } from '../kit/button.tsx'
import { Dialog } from '../kit/dialog.tsx'
import { Select } from '../kit/field.tsx'
import { NumberField } from '../kit/number-field.tsx'
import { PageHeader } from '../kit/page.tsx'
import { EmptyState, Loaded, ProblemNote } from '../kit/states.tsx'
import { DataTable } from '../kit/table.tsx'
import { toast } from '../kit/toast.tsx'
import { useSupplier } from './scope.tsx'

addTexts(leadMessages)

type Lead = Reply<'timeline.listMakingLeads'>['items'][number]
const modes = ['road', 'rail', 'air'] as const
const nameOf = (lead: Lead): string => named({ zh: lead.name, en: lead.nameEn })

/** How long each pack takes from call-off to goods made, and how it travels. */
export function Leads() {
  const { orgId = '', to } = useSupplier()
  const may = useMay()
  const leads = useApi('timeline.listMakingLeads', { query: { orgId } }, { enabled: orgId !== '' })
  const [editing, setEditing] = useState<Lead | null>(null)
  return (
    <>
      <PageHeader title={t('leads.title')} back={to('/products')} />
      <div className="stack">
        <p className="muted">{t('leads.hint')}</p>
        <Loaded
          query={leads}
          empty={{
            when: ({ items }) => items.length === 0,
            show: <EmptyState icon="leaf" title={t('leads.none')} />,
          }}
        >
          {({ items }) => (
            <DataTable
              label={t('leads.title')}
              rows={items}
              rowKey={(lead) => lead.skuId}
              columns={[
                {
                  key: 'pack',
                  head: t('leads.pack'),
                  cell: (lead) => (
                    <span>
                      <b>{nameOf(lead)}</b> <span className="muted small">{lead.spec}</span>
                    </span>
                  ),
                },
                { key: 'hours', head: t('leads.hours'), cell: (lead) => <Hours lead={lead} /> },
                { key: 'mode', head: t('leads.mode'), cell: (lead) => t(`leads.mode.${lead.mode}`) },
                ...(may('product.write')
                  ? [
                      {
                        key: 'change',
                        head: '',
                        cell: (lead: Lead) => (
                          <Button icon="edit" onClick={() => setEditing(lead)}>
                            {t('leads.change')}
                          </Button>
                        ),
                      },
                    ]
                  : []),
              ]}
            />
          )}
        </Loaded>
      </div>
      {editing && <LeadDialog lead={editing} onClose={() => setEditing(null)} />}
    </>
  )
}

function Hours({ lead: { makingHours } }: { lead: Lead }) {
  if (makingHours === null) return <span className="muted">{t('leads.unset')}</span>
  return makingHours === 0 ? (
    <Badge tone="good">{t('leads.ready')}</Badge>
  ) : (
    <b className="num">{t('leads.hoursOf', { hours: makingHours })}</b>
  )
}

function LeadDialog({ lead, onClose }: { lead: Lead; onClose: () => void }) {
  const [makingHours, setHours] = useState<number | null>(lead.makingHours)
  const [mode, setMode] = useState<(typeof modes)[number]>(lead.mode)
  const act = useAct('timeline.writeMakingLead', {
    changes: ['timeline.listMakingLeads'],
    onDone: () => {
      toast(t('leads.saved'))
      onClose()
    },
  })
  const save = () =>
    makingHours !== null && act.mutate({ params: { skuId: lead.skuId }, body: { makingHours, mode } })
  const foot = (
    <Button
      tone="main"
      full
      busy={act.isPending}
      refused={makingHours === null ? t('leads.missing') : undefined}
      onClick={save}
    >
      {t('leads.save')}
    </Button>
  )
  return (
    <Dialog open onClose={onClose} title={t('leads.changeOf', { name: nameOf(lead) })} foot={foot}>
      <div className="stack">
        <ProblemNote error={act.error} />
        <NumberField label={t('leads.inHours')} max={720} value={makingHours} onNumber={setHours} />
        <Select
          label={t('leads.mode')}
          value={mode}
          options={modes.map((value) => ({ value, label: t(`leads.mode.${value}`) }))}
          onPick={setMode}
        />
      </div>
    </Dialog>
  )
}
