import { useState } from 'react'
import type { Reply } from '../app/api.ts'
import { t } from '../app/i18n.ts'
import { useAct } from '../app/query.ts'
import { Button } from '../kit/button.tsx'
import { Drawer } from '../kit/dialog.tsx'
import { NumberField } from '../kit/number-field.tsx'
import { ProblemNote } from '../kit/states.tsx'
import { toast } from '../kit/toast.tsx'

type Run = Reply<'reports.afterRun'>['runs'][number]
const kmMost = 5_000_000

/** What the driver called in from the odometer, written by the desk. */
export function OdometerForm({ run, onClose }: { run: Run; onClose: () => void }) {
  const [outKm, setOut] = useState(run.odometer?.outKm ?? null)
  const [backKm, setBack] = useState(run.odometer?.backKm ?? null)
  const act = useAct('reports.writeOdometer', {
    changes: ['reports.afterRun'],
    onDone: () => {
      toast(t('device.saved'))
      onClose()
    },
  })
  const save = () => {
    if (outKm !== null) act.mutate({ params: { id: run.runId }, body: { outKm, backKm } })
  }
  return (
    <Drawer
      open
      onClose={onClose}
      title={t('odometer.of', { run: `${run.seq} · ${run.plate}` })}
      foot={
        <Button tone="main" size="l" full busy={act.isPending} disabled={outKm === null} onClick={save}>
          {t('odometer.save')}
        </Button>
      }
    >
      <div className="stack">
        <NumberField label={t('odometer.out')} max={kmMost} after="km" value={outKm} onNumber={setOut} />
        <NumberField
          label={t('odometer.back')}
          optional
          max={kmMost}
          after="km"
          value={backKm}
          onNumber={setBack}
        />
        <ProblemNote error={act.error} />
      </div>
    </Drawer>
  )
}
