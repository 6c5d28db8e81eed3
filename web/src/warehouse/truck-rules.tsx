import { serviceDayOf, weekdayText } from '@huming/shared/days'
import { SHANGHAI_DISTRICTS } from '@huming/shared/districts'
import { useState } from 'react'
import { locale, named, t } from '../app/i18n.ts'
import { useAct, useApi } from '../app/query.ts'
import { useMay } from '../app/session.ts'
import { Badge } from '../kit/badge.tsx'
import { Button } from '../kit/button.tsx'
import { Tabs } from '../kit/choose.tsx'
import { ConfirmButton } from '../kit/dialog.tsx'
import { PageHeader } from '../kit/page.tsx'
import { EmptyState, Loaded } from '../kit/states.tsx'
import { DataTable } from '../kit/table.tsx'
import { toastProblem } from '../kit/toast.tsx'
import { SiteTab } from './truck-site.tsx'
import { sizeText, skillText, spanText, type TruckRules, truckReads, validText } from './truck-texts.ts'
import { VehicleForm } from './truck-vehicle.tsx'
import { WeightsTab } from './truck-weights.tsx'
import { HubChoice, useHub } from './use-hub.tsx'

const tabs = ['vehicles', 'sites', 'weights', 'bans', 'pairs'] as const

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
              {tab === 'bans' && <Bans rules={rules} />}
              {tab === 'pairs' && <Pairs hubId={hub.hubId} rules={rules} />}
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

const districtName = (code: string): string => {
  const district = SHANGHAI_DISTRICTS.find((one) => one.code === code)
  return district ? named(district.name) : code
}

function Bans({ rules }: { rules: TruckRules }) {
  if (rules.bans.length === 0) return <EmptyState icon="map" title={t('truckRules.noBans')} />
  return (
    <DataTable
      label={t('truckRules.tab.bans')}
      rows={rules.bans}
      rowKey={(ban) => ban.id}
      columns={[
        { key: 'name', head: t('truckRules.ban'), cell: (ban) => ban.name },
        {
          key: 'where',
          head: t('truckRules.where'),
          cell: (ban) =>
            ban.districtCode
              ? districtName(ban.districtCode)
              : t('truckRules.circle', { km: (ban.radiusMetres ?? 0) / 1000 }),
        },
        {
          key: 'when',
          head: t('truckRules.when'),
          cell: (ban) =>
            `${spanText({ from: ban.fromMinute, to: ban.toMinute })} · ${weekdays(ban.weekdays)}`,
        },
        {
          key: 'who',
          head: t('truckRules.who'),
          cell: (ban) =>
            t('truckRules.fromGross', { tonnes: ban.minGrossKg / 1000 }) +
            (ban.unlessSkill ? t('truckRules.unless', { skill: skillText(ban.unlessSkill) }) : ''),
        },
        { key: 'valid', head: t('truckRules.valid'), cell: validText },
        { key: 'source', head: t('truckRules.source'), cell: (ban) => ban.source },
      ]}
    />
  )
}

const weekdays = (days: readonly number[]): string =>
  days.map((day) => weekdayText(day as 1, locale())).join(locale() === 'zh' ? '、' : ', ')

function Pairs({ hubId, rules }: { hubId: string; rules: TruckRules }) {
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
            may('planRule.write') &&
            pair.validTo > today && (
              <ConfirmButton
                label={t('truckRules.end')}
                title={t('truckRules.end')}
                text={t('truckRules.endAsk')}
                onConfirm={() =>
                  act
                    .mutateAsync({
                      params: { id: pair.id },
                      body: {
                        ...bodyOf(hubId, pair),
                        validTo: pair.validFrom > today ? pair.validFrom : today,
                      },
                    })
                    .catch(toastProblem)
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
