import { useState } from 'react'
import { t } from '../app/i18n.ts'
import { useApi } from '../app/query.ts'
import { useMay } from '../app/session.ts'
import { Badge } from '../kit/badge.tsx'
import { Button } from '../kit/button.tsx'
import { Tabs } from '../kit/choose.tsx'
import { PageHeader } from '../kit/page.tsx'
import { Loaded } from '../kit/states.tsx'
import { DataTable } from '../kit/table.tsx'
import { BanTab } from './truck-ban.tsx'
import { DoorsTab } from './truck-doors.tsx'
import { PairTab } from './truck-pair.tsx'
import { SiteTab } from './truck-site.tsx'
import { sizeText, skillText, spanText, type TruckRules } from './truck-texts.ts'
import { ToleranceTab } from './truck-tolerance.tsx'
import { VehicleForm } from './truck-vehicle.tsx'
import { WeightsTab } from './truck-weights.tsx'
import { HubChoice, useHub } from './use-hub.tsx'

const tabs = ['vehicles', 'sites', 'weights', 'bans', 'pairs', 'tolerance', 'doors'] as const

/** What the planner goes by at a hub, to be looked at and changed. */
export function TruckRulesScreen() {
  const hub = useHub()
  const [tab, setTab] = useState<(typeof tabs)[number]>('vehicles')
  const query = useApi('routes.readRules', { params: { hubId: hub.hubId } }, { enabled: hub.hubId !== '' })
  return (
    <>
      <PageHeader title={t('truckRules.title')}>
        <HubChoice {...hub} />
      </PageHeader>
      <Tabs
        label={t('truckRules.tabs')}
        tabs={tabs.map((value) => ({ value, label: t(`truckRules.tab.${value}`) }))}
        value={tab}
        onPick={setTab}
      >
        <Loaded query={query}>
          {(rules) => (
            <>
              {tab === 'vehicles' && <Vehicles rules={rules} />}
              {tab === 'sites' && <SiteTab hubId={hub.hubId} />}
              {tab === 'weights' && <WeightsTab hubId={hub.hubId} rules={rules} />}
              {tab === 'bans' && <BanTab rules={rules} />}
              {tab === 'tolerance' && <ToleranceTab hubId={hub.hubId} />}
              {tab === 'doors' && <DoorsTab />}
              {tab === 'pairs' && <PairTab hubId={hub.hubId} rules={rules} />}
            </>
          )}
        </Loaded>
      </Tabs>
    </>
  )
}

type Vehicle = TruckRules['vehicles'][number]

function Vehicles({ rules }: { rules: TruckRules }) {
  const may = useMay()
  const [open, setOpen] = useState<Vehicle | null>(null)
  return (
    <>
      <DataTable
        label={t('truckRules.tab.vehicles')}
        rows={rules.vehicles}
        rowKey={(row) => row.id}
        columns={[
          { key: 'plate', head: t('truckRules.plate'), cell: (row) => `${row.plate} · ${row.kind}` },
          {
            key: 'size',
            head: t('truckRules.size'),
            cell: (row) => sizeText({ length: row.lengthCm, height: row.heightCm, gross: row.grossKg }),
          },
          {
            key: 'boxes',
            head: t('truckRules.boxes'),
            cell: (row) =>
              row.layouts ? t('truckRules.ways', { count: row.layouts.length }) : t('truckRules.oneBox'),
          },
          {
            key: 'skills',
            head: t('truckRules.skills'),
            cell: (row) => row.skills.map((skill) => <Badge key={skill}>{skillText(skill)}</Badge>),
          },
          {
            key: 'shift',
            head: t('truckRules.shift'),
            cell: (row) => spanText({ from: row.shiftFrom, to: row.shiftTo }),
          },
          {
            key: 'edit',
            head: '',
            cell: (row) =>
              may('planRule.write') && (
                <Button
                  aria-label={t('truckRules.editWhat', { name: row.plate })}
                  onClick={() => setOpen(row)}
                >
                  {t('truckRules.edit')}
                </Button>
              ),
          },
        ]}
      />
      {open && <VehicleForm key={open.id} vehicle={open} onClose={() => setOpen(null)} />}
    </>
  )
}
