import { addDays, minutesText, type ServiceDay, serviceDayOf } from '@huming/shared/days'
import { useState } from 'react'
import { useSearchParams } from 'wouter'
import type { Reply } from '../app/api.ts'
import { t } from '../app/i18n.ts'
import { useLive } from '../app/live.ts'
import { useApi } from '../app/query.ts'
import { useMay } from '../app/session.ts'
import { Badge } from '../kit/badge.tsx'
import { Button, LinkButton } from '../kit/button.tsx'
import { Segmented } from '../kit/choose.tsx'
import { Card, PageHeader } from '../kit/page.tsx'
import { EmptyState, Loaded } from '../kit/states.tsx'
import { DockDrawer } from './dock-drawer.tsx'
import { HubChoice, useHub } from './use-hub.tsx'
import { momentWords, zoneName } from './words.ts'
import './dock-texts.ts'

export type Board = Reply<'receiving.dockBoard'>
export type Slot = Board['slots'][number]
export type Truck = Slot['trucks'][number]

/** A day at the dock: slots from top to bottom, the trucks of each by door; early, late and without a place. */
export function Dock() {
  const hub = useHub()
  const { hubId } = hub
  const [search, setSearch] = useSearchParams()
  const [today] = useState(() => serviceDayOf(new Date()))
  const day = (search.get('day') ?? today) as ServiceDay
  const [moving, setMoving] = useState<Truck | null>(null)
  const board = useApi(
    'receiving.dockBoard',
    { params: { hubId }, query: { day } },
    { enabled: hubId !== '', every: 60_000, keep: true },
  )
  useLive(['appointment.', 'consignment.'], ['receiving.dockBoard'])
  return (
    <>
      <PageHeader title={t('docks.title')}>
        <HubChoice {...hub} />
        <LinkButton to="/dock/rules" size="l" icon="list">
          {t('docks.rules')}
        </LinkButton>
      </PageHeader>
      <div className="stack">
        <Segmented
          label={t('docks.day')}
          value={day}
          options={[
            { value: addDays(today, -1), label: t('docks.yesterday') },
            { value: today, label: t('docks.today') },
            { value: addDays(today, 1), label: t('docks.tomorrow') },
          ]}
          onPick={(next) => setSearch({ day: next }, { replace: true })}
        />
        <Loaded
          query={board}
          empty={{
            when: (one) => one.slots.length === 0 && one.unbooked.length === 0,
            show: <EmptyState icon="truck" title={t('docks.none')} text={t('docks.noneText')} />,
          }}
        >
          {(one) => (
            <div className="stack">
              {one.slots.map((slot) => (
                <SlotCard key={slot.fromMinute} slot={slot} move={setMoving} />
              ))}
              {one.unbooked.length > 0 && <Unbooked board={one} />}
            </div>
          )}
        </Loaded>
      </div>
      {moving && <DockDrawer hubId={hubId} truck={moving} onClose={() => setMoving(null)} />}
    </>
  )
}

function SlotCard({ slot, move }: { slot: Slot; move: (truck: Truck) => void }) {
  return (
    <Card
      title={`${minutesText(slot.fromMinute)}–${minutesText(slot.toMinute)}`}
      side={<span className="muted">{t('docks.free', { free: slot.free, capacity: slot.capacity })}</span>}
    >
      {slot.trucks.length === 0 ? (
        <p className="muted">{t('docks.empty')}</p>
      ) : (
        <ul className="cards" style={{ ['--card' as string]: '300px' }}>
          {slot.trucks.map((truck) => (
            <li key={truck.id}>
              <TruckCard truck={truck} move={move} />
            </li>
          ))}
        </ul>
      )}
    </Card>
  )
}

const tones = {
  requested: 'warn',
  confirmed: 'info',
  arrived: 'good',
  missed: 'bad',
  cancelled: 'plain',
} as const

function TruckCard({ truck, move }: { truck: Truck; move: (truck: Truck) => void }) {
  const may = useMay()
  const ahead = truck.status === 'requested' || truck.status === 'confirmed'
  return (
    <div className="wh-card" data-done={truck.status === 'arrived' ? '' : undefined}>
      <span className="row spread">
        <span className="wh-code">
          {truck.dock ? t('docks.doorNo', { dock: truck.dock }) : t('docks.noDoor')}
        </span>
        <span className="row">
          <OffSlot minutes={truck.offMinutes} arrived={truck.status === 'arrived'} />
          <Badge tone={tones[truck.status]}>{t(`docks.status.${truck.status}`)}</Badge>
        </span>
      </span>
      <b className="wh-loud">{truck.supplier}</b>
      <span className="row">
        <span className="wh-code-s">{truck.plate}</span>
        <span className="muted">{truck.number}</span>
      </span>
      <span className="row">
        {truck.zones.map((zone) => (
          <Badge key={zone} tone="info">
            {zoneName(zone)}
          </Badge>
        ))}
        <span className="muted">{t('warehouse.receive.lots', { count: truck.lineCount })}</span>
      </span>
      {truck.note && <span className="muted small">{truck.note}</span>}
      <span className="row">
        {truck.consignmentStatus !== 'draft' && (
          <LinkButton
            to={`/receive/${truck.consignmentId}`}
            size="l"
            tone={ahead ? 'main' : 'plain'}
            icon="truck"
          >
            {t('docks.open')}
          </LinkButton>
        )}
        {ahead && may('dock.plan') && (
          <Button size="l" icon="edit" onClick={() => move(truck)}>
            {t(truck.status === 'requested' ? 'docks.decide' : 'docks.move')}
          </Button>
        )}
      </span>
    </div>
  )
}

function OffSlot({ minutes, arrived }: { minutes: number | null; arrived: boolean }) {
  if (minutes === null) return null
  const hours = Math.floor(Math.abs(minutes) / 60)
  if (minutes > 0)
    return (
      <Badge tone="bad">{hours >= 2 ? t('docks.lateHours', { hours }) : t('docks.late', { minutes })}</Badge>
    )
  if (minutes < 0)
    return (
      <Badge tone="warn">
        {hours >= 2 ? t('docks.earlyHours', { hours }) : t('docks.early', { minutes: -minutes })}
      </Badge>
    )
  return arrived ? <Badge tone="good">{t('docks.onTime')}</Badge> : null
}

function Unbooked({ board }: { board: Board }) {
  return (
    <Card title={t('docks.unbooked')}>
      <ul className="cards" style={{ ['--card' as string]: '300px' }}>
        {board.unbooked.map((one) => (
          <li key={one.consignmentId} className="wh-card">
            <b className="wh-loud">{one.supplier}</b>
            <span className="row">
              <span className="wh-code-s">{one.plate}</span>
              <span className="muted">{one.number}</span>
            </span>
            <span>{t('warehouse.receive.expected', { at: momentWords(one.expectedAt) })}</span>
            <LinkButton to={`/receive/${one.consignmentId}`} size="l" icon="truck">
              {t('docks.open')}
            </LinkButton>
          </li>
        ))}
      </ul>
    </Card>
  )
}
