import { addDays, instantAt, minutesText, type ServiceDay, serviceDayOf } from '@huming/shared/days'
import { newId } from '@huming/shared/ids'
import { useState } from 'react'
import { t } from '../app/i18n.ts'
import { useAct, useApi } from '../app/query.ts'
import { StatusChip } from '../kit/badge.tsx'
import { Button } from '../kit/button.tsx'
import { ConfirmButton, Dialog } from '../kit/dialog.tsx'
import { Select } from '../kit/field.tsx'
import { Card } from '../kit/page.tsx'
import { Loaded, ProblemNote } from '../kit/states.tsx'
import { toast, toastProblem } from '../kit/toast.tsx'
import type { Load, Way } from './way-words.ts'
import { dayWords } from './words.ts'
import './way-texts.ts'

interface CardProps {
  load: Load
  appointment: Way['appointment']
  canWrite: boolean
}
const changes = ['legs.read', 'docks.slots'] as const

/** When the dock expects the truck; asked for here, confirmed by the warehouse. */
export function DockCard({ load, appointment, canWrite }: CardProps) {
  const [picking, setPicking] = useState(false)
  const cancel = useAct('docks.cancel', { changes })
  const movable = appointment && ['requested', 'confirmed'].includes(appointment.status)
  return (
    <Card title={t('dock.title')}>
      {appointment ? (
        <p className="row">
          <b>
            {t('dock.slot', {
              day: dayWords(appointment.day),
              from: minutesText(appointment.fromMinute),
              to: minutesText(appointment.toMinute),
            })}
          </b>
          <StatusChip of="appointment" status={appointment.status} />
          {appointment.dock && <span>{t('dock.door', { dock: appointment.dock })}</span>}
        </p>
      ) : (
        <p className="muted">{t('dock.none')}</p>
      )}
      {canWrite && (
        <div className="row">
          <Button tone={appointment ? 'plain' : 'main'} icon="clock" onClick={() => setPicking(true)}>
            {t(movable ? 'dock.move' : 'dock.pick')}
          </Button>
          {movable && (
            <ConfirmButton
              label={t('dock.cancel')}
              title={t('dock.cancelAsk')}
              onConfirm={() => cancel.mutateAsync({ params: { id: appointment.id } }).catch(toastProblem)}
            />
          )}
        </div>
      )}
      {picking && (
        <SlotDialog
          load={load}
          appointment={movable ? appointment : null}
          onClose={() => setPicking(false)}
        />
      )}
    </Card>
  )
}

function SlotDialog({
  load,
  appointment,
  onClose,
}: {
  load: Load
  appointment: Way['appointment']
  onClose: () => void
}) {
  const today = serviceDayOf(new Date())
  const [day, setDay] = useState<string>(() => firstDay(load, today))
  const [freshId] = useState(newId)
  const slots = useApi('docks.slots', { params: { hubId: load.hubId }, query: { day } }, { keep: true })
  const act = useAct('docks.request', {
    changes,
    onDone: () => {
      toast(t('dock.asked'))
      onClose()
    },
  })
  const days = Array.from({ length: 8 }, (_, ahead) => addDays(today, ahead))
  const ask = (fromMinute: number) =>
    act.mutate({
      params: { id: appointment?.id ?? freshId },
      body: { consignmentId: load.id, day, fromMinute, version: appointment?.version ?? 0 },
    })
  return (
    <Dialog open onClose={onClose} title={t('dock.pick')}>
      <div className="stack">
        <Select
          label={load.hub}
          value={day}
          options={days.map((one) => ({ value: one as string, label: dayWords(one) }))}
          onPick={setDay}
        />
        <ProblemNote error={act.error} />
        <Loaded
          query={slots}
          empty={{
            when: ({ items }) => items.length === 0,
            show: <p className="muted">{t('dock.noSlots')}</p>,
          }}
        >
          {({ items }) => (
            <div className="coop-slots">
              {items.map((slot) => (
                <Button
                  key={slot.fromMinute}
                  busy={act.isPending && act.variables?.body.fromMinute === slot.fromMinute}
                  disabled={slot.past || slot.free === 0}
                  onClick={() => ask(slot.fromMinute)}
                >
                  <span className="coop-slot">
                    <b className="num">
                      {minutesText(slot.fromMinute)}–{minutesText(slot.toMinute)}
                    </b>
                    <span className="small">
                      {slot.past
                        ? t('dock.past')
                        : slot.free === 0
                          ? t('dock.full')
                          : t('dock.free', { count: slot.free })}
                    </span>
                  </span>
                </Button>
              ))}
            </div>
          )}
        </Loaded>
      </div>
    </Dialog>
  )
}

/** The day the load is expected on; tomorrow while that is open. */
function firstDay(load: Load, today: ServiceDay): string {
  const expected = load.expectedAt ? serviceDayOf(new Date(load.expectedAt)) : addDays(today, 1)
  const last = addDays(today, 7)
  return instantAt(expected, 1440) < new Date() ? today : expected > last ? last : expected
}
