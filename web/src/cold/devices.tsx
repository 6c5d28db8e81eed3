import { dayDiff, serviceDay, serviceDayOf } from '@huming/shared/days'
import { useState } from 'react'
import type { Reply } from '../app/api.ts'
import { t } from '../app/i18n.ts'
import { useAct, usePages } from '../app/query.ts'
import { useMay } from '../app/session.ts'
import { Badge } from '../kit/badge.tsx'
import { Button } from '../kit/button.tsx'
import { ConfirmButton } from '../kit/dialog.tsx'
import { PageHeader } from '../kit/page.tsx'
import { EmptyState, Loaded } from '../kit/states.tsx'
import { DataTable } from '../kit/table.tsx'
import { toastProblem } from '../kit/toast.tsx'
import { HubChoice, useHub } from '../warehouse/use-hub.tsx'
import { DeviceForm } from './device-form.tsx'
import { DeviceKey } from './device-key.tsx'
import { stateTones, zoneText } from './words.ts'
import './texts.ts'

export type Device = Reply<'temperature.listDevices'>['items'][number]
/** Told in good time: the laboratory needs some weeks. */
const soonDays = 30

export const deviceName = (one: Device): string => one.name || one.plate || one.serial

/** What measures at a hub: registered, calibrated, given a key, retired. */
export function TemperatureDevices() {
  const hub = useHub()
  const may = useMay()('temperature.device')
  const [open, setOpen] = useState<Device | 'new' | null>(null)
  const { items, more, query } = usePages('temperature.listDevices', {
    query: { hubId: hub.hubId || undefined },
  })
  return (
    <>
      <PageHeader title={t('device.title')} sub={t('device.lead')} back="/temperatures">
        <HubChoice {...hub} />
        {may && (
          <Button tone="main" size="l" icon="plus" onClick={() => setOpen('new')}>
            {t('device.new')}
          </Button>
        )}
      </PageHeader>
      <Loaded
        query={query}
        empty={{ when: () => items.length === 0, show: <EmptyState icon="cold" title={t('cold.none')} /> }}
      >
        {() => (
          <DataTable
            label={t('device.title')}
            rows={items}
            rowKey={(row) => row.id}
            more={more}
            columns={[
              { key: 'serial', head: t('device.serial'), cell: (row) => <b>{row.serial}</b> },
              { key: 'name', head: t('device.name'), cell: (row) => row.name || '—' },
              {
                key: 'where',
                head: t('device.where'),
                cell: (row) =>
                  `${t(`cold.kind.${row.kind}`)} · ${row.plate ?? row.hub} · ${zoneText(row.zone)}`,
              },
              { key: 'due', head: t('device.calibrationDue'), cell: (row) => <Due one={row} /> },
              {
                key: 'state',
                head: t('device.state'),
                cell: (row) => <Badge tone={stateTones[row.state]}>{t(`cold.state.${row.state}`)}</Badge>,
              },
              { key: 'do', head: '', cell: (row) => may && <Steps one={row} onEdit={() => setOpen(row)} /> },
            ]}
          />
        )}
      </Loaded>
      {open && (
        <DeviceForm
          key={open === 'new' ? 'new' : open.id}
          device={open === 'new' ? null : open}
          hubId={hub.hubId}
          onClose={() => setOpen(null)}
        />
      )}
    </>
  )
}

/** When it must be calibrated again: overdue, soon, or a day. */
function Due({ one }: { one: Device }) {
  if (one.revokedAt) return <span className="muted">—</span>
  if (one.calibrationDue === null) return <Badge tone="warn">{t('cold.calibrationNone')}</Badge>
  const days = dayDiff(serviceDayOf(new Date()), serviceDay(one.calibrationDue))
  if (days < 0) return <Badge tone="bad">{t('cold.calibrationOver')}</Badge>
  if (days <= soonDays) return <Badge tone="warn">{t('device.dueSoon', { days })}</Badge>
  return <>{t('device.due', { day: one.calibrationDue })}</>
}

function Steps({ one, onEdit }: { one: Device; onEdit: () => void }) {
  const name = deviceName(one)
  const retire = useAct('temperature.revokeDevice', { changes: ['temperature.listDevices'] })
  if (one.revokedAt) return null
  return (
    <div className="row">
      <Button aria-label={t('device.editWhat', { name })} onClick={onEdit}>
        {t('device.edit')}
      </Button>
      <DeviceKey device={one} name={name} />
      <ConfirmButton
        label={t('device.retire')}
        title={t('device.retireOf', { name })}
        text={t('device.retireAsk')}
        onConfirm={() => retire.mutateAsync({ params: { id: one.id } }).catch(toastProblem)}
      />
    </div>
  )
}
