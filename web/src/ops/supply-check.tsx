import { addDays, dayText, instantText, isServiceDay, serviceDayOf } from '@huming/shared/days'
import { BUYER_CLASSES } from '@huming/shared/reference/buyer-classes'
import { useState } from 'react'
import type { Reply } from '../app/api.ts'
import { locale, named, t } from '../app/i18n.ts'
import { useApi } from '../app/query.ts'
import { useMay } from '../app/session.ts'
import { Badge } from '../kit/badge.tsx'
import { Button } from '../kit/button.tsx'
import { Select } from '../kit/field.tsx'
import { FilterBar } from '../kit/page.tsx'
import { Loaded, Note } from '../kit/states.tsx'
import { DataTable } from '../kit/table.tsx'
import { HubChoice, useHub } from './hub-choice.tsx'
import { CutOffDialog } from './supply-cut-off.tsx'
import { Steps } from './supply-steps.tsx'

type Check = Reply<'timeline.check'>['items'][number]
const moment = (at: string | undefined) => (at ? instantText(new Date(at), locale()) : '—')
const dayName = (day: string) => (isServiceDay(day) ? dayText(day, locale()) : day)

/** Each class's cut-off of a day against the way of the goods, with the step that fails. */
export function CutOffCheck() {
  const hub = useHub()
  const hubId = hub.hubId ?? ''
  const today = serviceDayOf(new Date())
  const [day, setDay] = useState<string>(() => addDays(today, 3))
  const [editing, setEditing] = useState<Check | null>(null)
  const may = useMay()
  const check = useApi(
    'timeline.check',
    { params: { hubId }, query: { day } },
    { enabled: hubId !== '', keep: true },
  )
  return (
    <div className="stack">
      <p className="muted">{t('supply.check.hint')}</p>
      <FilterBar>
        <HubChoice {...hub} />
        <Select
          label={t('supply.day')}
          value={day}
          options={Array.from({ length: 14 }, (_, ahead) => addDays(today, ahead + 1)).map((one) => ({
            value: one as string,
            label: dayName(one),
          }))}
          onPick={setDay}
        />
      </FilterBar>
      <Loaded query={check}>
        {({ items }) => (
          <>
            <Verdict items={items} />
            <DataTable
              label={t('supply.tab.check')}
              rows={items}
              rowKey={(row) => row.buyerClass}
              columns={[
                {
                  key: 'class',
                  head: t('supply.check.class'),
                  cell: (row) => <b>{named(BUYER_CLASSES[row.buyerClass])}</b>,
                },
                { key: 'cutOff', head: t('supply.check.cutOff'), cell: (row) => moment(row.cutOffAt) },
                { key: 'callOff', head: t('supply.check.callOff'), cell: (row) => moment(row.callOffAt) },
                { key: 'callBy', head: t('supply.check.callBy'), cell: (row) => moment(row.way?.callBy) },
                { key: 'shipBy', head: t('supply.check.shipBy'), cell: (row) => moment(row.way?.shipBy) },
                { key: 'dockBy', head: t('supply.check.dockBy'), cell: (row) => moment(row.way?.dockBy) },
                { key: 'verdict', head: t('supply.check.verdict'), cell: (row) => <Failures row={row} /> },
                ...(may('calendar.write')
                  ? [
                      {
                        key: 'edit',
                        head: t('supply.edit'),
                        cell: (row: Check) => (
                          <Button onClick={() => setEditing(row)}>{t('supply.edit')}</Button>
                        ),
                      },
                    ]
                  : []),
              ]}
            />
          </>
        )}
      </Loaded>
      {hubId && <Steps hubId={hubId} />}
      {editing && <CutOffDialog hubId={hubId} check={editing} onClose={() => setEditing(null)} />}
    </div>
  )
}

function Verdict({ items }: { items: readonly Check[] }) {
  const bad = items.filter((row) => row.failures.length > 0).length
  return bad === 0 ? (
    <Note tone="good">{t('supply.check.allGood')}</Note>
  ) : (
    <Note tone="bad">{t('supply.check.someBad', { count: bad })}</Note>
  )
}

function Failures({ row }: { row: Check }) {
  if (row.failures.length === 0)
    return row.way ? (
      <Badge tone="good">{t('supply.check.good')}</Badge>
    ) : (
      <span className="muted">{t('supply.check.noWay')}</span>
    )
  return (
    <span className="stack" style={{ ['--gap' as string]: '4px' }}>
      {row.failures.map((one) => (
        <Badge key={one.step} tone={one.lateMinutes === null ? 'warn' : 'bad'}>
          {one.lateMinutes === null
            ? t('supply.check.untimed', { step: t(`timeline.step.${one.step}`) })
            : t('supply.check.late', {
                step: t(`timeline.step.${one.step}`),
                minutes: one.lateMinutes,
                what: one.name && t('supply.check.what', { name: one.name, count: one.packs }),
              })}
        </Badge>
      ))}
    </span>
  )
}
