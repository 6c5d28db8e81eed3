import {
  addDays,
  dayDiff,
  dayText,
  isServiceDay,
  minutesOf,
  minutesText,
  parseMinutes,
  serviceDay,
  serviceDayOf,
} from '@huming/shared/days'
import { newId } from '@huming/shared/ids'
import { BUYER_CLASSES } from '@huming/shared/reference/buyer-classes'
import { useState } from 'react'
import type { Reply } from '../app/api.ts'
import { locale, named, t } from '../app/i18n.ts'
import { useAct } from '../app/query.ts'
import { Button } from '../kit/button.tsx'
import { Dialog } from '../kit/dialog.tsx'
import { Checkbox, TextField } from '../kit/field.tsx'
import { NumberField } from '../kit/number-field.tsx'
import { ProblemNote } from '../kit/states.tsx'
import { toast } from '../kit/toast.tsx'

type Check = Reply<'timeline.check'>['items'][number]

/** Days before the delivery day and time of day, of an instant. */
const wordsOf = (at: string, day: string) => ({
  daysBefore: dayDiff(serviceDayOf(new Date(at)), serviceDay(day)),
  time: minutesText(minutesOf(new Date(at))),
})

/** A new cut-off for a class from a day on; what goods cannot meet is refused with the step that fails. */
export function CutOffDialog({
  hubId,
  check,
  onClose,
}: {
  hubId: string
  check: Check
  onClose: () => void
}) {
  const [id, setId] = useState(newId)
  const [cutOff, setCutOff] = useState(() => wordsOf(check.cutOffAt, check.day))
  const [callOff, setCallOff] = useState(() => wordsOf(check.callOffAt, check.day))
  const [early, setEarly] = useState(check.callOffAt !== check.cutOffAt)
  const [from, setFrom] = useState<string>(() => addDays(serviceDayOf(new Date()), 4))
  const [minimum, setMinimum] = useState<number | null>(BUYER_CLASSES[check.buyerClass].minimumOrderFen / 100)
  const act = useAct('timeline.writeCutOff', {
    changes: ['timeline.check', 'timeline.read', 'orders.listCutOffs'],
    onDone: () => {
      toast(t('supply.edit.done', { day: dayText(serviceDay(from), locale()) }))
      onClose()
    },
  })
  const [minutes, callMinutes] = [parseMinutes(cutOff.time), parseMinutes(callOff.time)]
  const ready = minutes !== null && minimum !== null && isServiceDay(from) && (!early || callMinutes !== null)
  const submit = () => {
    if (minutes === null || minimum === null) return
    const body = {
      hubId,
      buyerClass: check.buyerClass,
      daysBefore: cutOff.daysBefore,
      minutes,
      minimumFen: Math.round(minimum * 100),
      callOff:
        early && callMinutes !== null ? { daysBefore: callOff.daysBefore, minutes: callMinutes } : null,
      validFrom: from,
      validTo: '2099-12-31',
    }
    // A refused rule was never kept; the next try is another one.
    act.mutate({ params: { id }, body }, { onError: () => setId(newId()) })
  }
  const foot = (
    <Button
      tone="main"
      full
      busy={act.isPending}
      refused={ready ? undefined : t('supply.incomplete')}
      onClick={submit}
    >
      {t('supply.edit.save')}
    </Button>
  )
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('supply.edit.title', { who: named(BUYER_CLASSES[check.buyerClass]) })}
      foot={foot}
    >
      <div className="stack">
        <ProblemNote error={act.error} />
        <TextField label={t('supply.edit.from')} type="date" value={from} onText={setFrom} />
        <NumberField
          label={t('supply.edit.daysBefore')}
          max={14}
          value={cutOff.daysBefore}
          onNumber={(daysBefore) => setCutOff((before) => ({ ...before, daysBefore: daysBefore ?? 0 }))}
        />
        <TextField
          label={t('supply.edit.time')}
          type="time"
          value={cutOff.time}
          onText={(time) => setCutOff((before) => ({ ...before, time }))}
        />
        <Checkbox label={t('supply.edit.callOff')} checked={early} onCheck={setEarly} />
        {early && (
          <>
            <NumberField
              label={t('supply.edit.callDays')}
              max={14}
              value={callOff.daysBefore}
              onNumber={(daysBefore) => setCallOff((before) => ({ ...before, daysBefore: daysBefore ?? 0 }))}
            />
            <TextField
              label={t('supply.edit.callTime')}
              type="time"
              value={callOff.time}
              onText={(time) => setCallOff((before) => ({ ...before, time }))}
            />
          </>
        )}
        <NumberField
          label={t('supply.edit.minimum')}
          after={t('supply.edit.yuan')}
          decimals={2}
          value={minimum}
          onNumber={setMinimum}
        />
      </div>
    </Dialog>
  )
}
