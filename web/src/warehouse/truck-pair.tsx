import { serviceDayOf } from '@huming/shared/days'
import { newId } from '@huming/shared/ids'
import { useState } from 'react'
import { t } from '../app/i18n.ts'
import { useAct, useApi } from '../app/query.ts'
import { useMay } from '../app/session.ts'
import { ActDrawer } from '../kit/act-drawer.tsx'
import { Badge } from '../kit/badge.tsx'
import { Button } from '../kit/button.tsx'
import { SearchBox } from '../kit/choose.tsx'
import { RadioGroup, Select, TextField } from '../kit/field.tsx'
import { EmptyState } from '../kit/states.tsx'
import { DataTable } from '../kit/table.tsx'
import { toast } from '../kit/toast.tsx'
import { EndRule } from './end-rule.tsx'
import { type TruckRules, truckReads, validText } from './truck-texts.ts'

type PairProps = { hubId: string; rules: TruckRules }

/** Which sites of the hub must, or must not, share a vehicle; new ones from today on. */
export function PairTab({ hubId, rules }: PairProps) {
  const may = useMay()
  const [open, setOpen] = useState(false)
  return (
    <div className="stack">
      <Pairs hubId={hubId} rules={rules} />
      {may('planRule.write') && (
        <div className="row">
          <Button icon="plus" onClick={() => setOpen(true)}>
            {t('truckRules.newPair')}
          </Button>
        </div>
      )}
      {open && <PairForm hubId={hubId} onClose={() => setOpen(false)} />}
    </div>
  )
}

function Pairs({ hubId, rules }: PairProps) {
  const may = useMay()
  const today = serviceDayOf(new Date())
  const act = useAct('routes.writePair', { changes: truckReads })
  const rows = rules.pairs.filter((pair) => pair.validTo >= today)
  if (rows.length === 0) return <EmptyState icon="truck" title={t('truckRules.noPairs')} />
  return (
    <DataTable
      label={t('truckRules.tab.pairs')}
      rows={rows}
      rowKey={(pair) => pair.id}
      columns={[
        {
          key: 'kind',
          head: '',
          cell: (pair) => (
            <Badge tone={pair.kind === 'apart' ? 'warn' : 'info'}>{t(`truckRules.${pair.kind}`)}</Badge>
          ),
        },
        { key: 'site', head: t('truckRules.site'), cell: (pair) => `${pair.site} ↔ ${pair.otherSite}` },
        { key: 'reason', head: t('truckRules.reason'), cell: (pair) => pair.reason },
        { key: 'valid', head: t('truckRules.valid'), cell: validText },
        {
          key: 'end',
          head: '',
          cell: (pair) =>
            may('planRule.write') && (
              <EndRule
                rule={pair}
                text={t('truckRules.endAsk')}
                onEnd={(validTo) =>
                  act.mutateAsync({ params: { id: pair.id }, body: { ...bodyOf(hubId, pair), validTo } })
                }
              />
            ),
        },
      ]}
    />
  )
}

const bodyOf = (hubId: string, pair: TruckRules['pairs'][number]) => {
  const { kind, siteId, otherSiteId, reason, validFrom, validTo } = pair
  return { hubId, kind, siteId, otherSiteId, reason, validFrom, validTo }
}

const kinds = ['apart', 'together'] as const

function PairForm({ hubId, onClose }: { hubId: string; onClose: () => void }) {
  const [id] = useState(newId)
  const [kind, setKind] = useState<(typeof kinds)[number]>('apart')
  const [sites, setSites] = useState({ siteId: '', otherSiteId: '' })
  const [reason, setReason] = useState('')
  const act = useAct('routes.writePair', {
    changes: truckReads,
    onDone: () => {
      toast(t('truckRules.saved'))
      onClose()
    },
  })
  const complete = sites.siteId !== '' && sites.otherSiteId !== '' && reason.trim() !== ''
  const same = sites.siteId !== '' && sites.siteId === sites.otherSiteId
  const refused = same ? t('truckRules.sameSite') : complete ? undefined : t('truckRules.fill')
  const validFrom = serviceDayOf(new Date())
  const send = () =>
    act.mutate({
      params: { id },
      body: { hubId, kind, ...sites, reason: reason.trim(), validFrom, validTo: '2099-12-31' },
    })
  return (
    <ActDrawer
      title={t('truckRules.newPair')}
      onClose={onClose}
      act={act}
      save={t('truckRules.save')}
      refused={refused}
      onSave={send}
    >
      <RadioGroup
        label={t('truckRules.pairKind')}
        value={kind}
        options={kinds.map((value) => ({ value, label: t(`truckRules.${value}`) }))}
        onPick={setKind}
      />
      <SiteChoice
        hubId={hubId}
        label={t('truckRules.oneSite')}
        value={sites.siteId}
        onPick={(siteId) => setSites({ ...sites, siteId })}
      />
      <SiteChoice
        hubId={hubId}
        label={t('truckRules.otherSite')}
        value={sites.otherSiteId}
        onPick={(otherSiteId) => setSites({ ...sites, otherSiteId })}
      />
      <TextField label={t('truckRules.reason')} value={reason} onText={setReason} />
    </ActDrawer>
  )
}

type ChoiceProps = { hubId: string; label: string; value: string; onPick: (siteId: string) => void }

/** A site found by part of its name. */
function SiteChoice({ hubId, label, value, onPick }: ChoiceProps) {
  const [search, setSearch] = useState('')
  const found = useApi(
    'routes.listSiteRules',
    { params: { hubId }, query: { search } },
    { enabled: search !== '', keep: true },
  )
  const items = found.data?.items ?? []
  return (
    <div className="stack" style={{ ['--gap' as string]: '8px' }}>
      <SearchBox label={`${label} · ${t('truckRules.find')}`} value={search} onSearch={setSearch} />
      <Select
        label={label}
        value={value}
        placeholder={search === '' ? '—' : t('truckRules.found', { count: items.length })}
        options={items.map((site) => ({ value: site.id, label: `${site.site} · ${site.buyer}` }))}
        onPick={onPick}
      />
    </div>
  )
}
