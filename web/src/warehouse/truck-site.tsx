import { useState } from 'react'
import { t } from '../app/i18n.ts'
import { useAct, useApi } from '../app/query.ts'
import { useMay } from '../app/session.ts'
import { ActDrawer } from '../kit/act-drawer.tsx'
import { Button } from '../kit/button.tsx'
import { SearchBox } from '../kit/choose.tsx'
import { Select, TextField } from '../kit/field.tsx'
import { EmptyState, Loaded } from '../kit/states.tsx'
import { DataTable } from '../kit/table.tsx'
import { toast } from '../kit/toast.tsx'
import { asksText, readSpans, type SiteRules, spanText, truckReads } from './truck-texts.ts'
import { SizeFields, SkillFields } from './truck-vehicle.tsx'

/** Sites that ask something of a truck, or those found by name. */
export function SiteTab({ hubId }: { hubId: string }) {
  const may = useMay()
  const [search, setSearch] = useState('')
  const [open, setOpen] = useState<SiteRules | null>(null)
  const query = useApi('routes.listSiteRules', { params: { hubId }, query: { search } })
  return (
    <div className="stack">
      <SearchBox label={t('truckRules.find')} value={search} onSearch={setSearch} />
      <Loaded
        query={query}
        empty={{
          when: ({ items }) => items.length === 0,
          show: <EmptyState icon="pin" title={t(search ? 'truckRules.noSiteFound' : 'truckRules.noSites')} />,
        }}
      >
        {({ items }) => (
          <DataTable
            label={t('truckRules.tab.sites')}
            rows={items}
            rowKey={(site) => site.id}
            columns={[
              { key: 'site', head: t('truckRules.site'), cell: (site) => `${site.site} · ${site.buyer}` },
              { key: 'asks', head: t('truckRules.asks'), cell: asksText },
              {
                key: 'edit',
                head: '',
                cell: (site) =>
                  may('planRule.write') && (
                    <Button
                      aria-label={t('truckRules.editWhat', { name: site.site })}
                      onClick={() => setOpen(site)}
                    >
                      {t('truckRules.edit')}
                    </Button>
                  ),
              },
            ]}
          />
        )}
      </Loaded>
      {open && <SiteForm key={open.id} site={open} onClose={() => setOpen(null)} />}
    </div>
  )
}

const priorities = ['0', '1', '2', '3'] as const

function SiteForm({ site, onClose }: { site: SiteRules; onClose: () => void }) {
  const { id, site: name, buyer: _, districtCode: __, ...rules } = site
  const [draft, setDraft] = useState(rules)
  const [text, setText] = useState(rules.windows.map(spanText).join('，'))
  const set = (change: Partial<typeof rules>) => setDraft({ ...draft, ...change })
  const act = useAct('routes.writeSiteRules', {
    changes: truckReads,
    onDone: () => {
      toast(t('truckRules.saved'))
      onClose()
    },
  })
  const windows = readSpans(text)
  const send = () => {
    if (windows) act.mutate({ params: { id }, body: { ...draft, windows } })
  }
  return (
    <ActDrawer
      title={t('truckRules.editWhat', { name })}
      onClose={onClose}
      act={act}
      save={t('truckRules.save')}
      onSave={send}
    >
      <TextField
        label={t('truckRules.windows')}
        hint={t('truckRules.windowsHint')}
        value={text}
        onText={setText}
        error={windows ? undefined : t('truckRules.timeWrong')}
      />
      <h3>{t('truckRules.largest')}</h3>
      <SizeFields
        size={{
          length: draft.largestLengthCm,
          height: draft.largestHeightCm,
          gross: draft.largestGrossKg,
        }}
        onSize={({ length, height, gross }) =>
          set({ largestLengthCm: length, largestHeightCm: height, largestGrossKg: gross })
        }
      />
      <SkillFields skills={draft.needs} onSkills={(needs) => set({ needs })} />
      <Select
        label={t('truckRules.priority')}
        value={String(draft.planPriority) as (typeof priorities)[number]}
        options={priorities.map((value) => ({ value, label: t(`truckRules.priority.${value}`) }))}
        onPick={(value) => set({ planPriority: Number(value) })}
      />
    </ActDrawer>
  )
}
