import { newId } from '@huming/shared/ids'
import { temperatureText } from '@huming/shared/reference/zones'
import { useState } from 'react'
import { t } from '../app/i18n.ts'
import { useAct } from '../app/query.ts'
import { flawsOf } from '../coop/flaws.ts'
import { momentWords } from '../coop/words.ts'
import { Badge } from '../kit/badge.tsx'
import { Button } from '../kit/button.tsx'
import { Dialog } from '../kit/dialog.tsx'
import { TextField } from '../kit/field.tsx'
import { NumberField } from '../kit/number-field.tsx'
import { Card } from '../kit/page.tsx'
import { ProblemNote } from '../kit/states.tsx'
import { toastProblem } from '../kit/toast.tsx'
import { type Batch, batchChanges } from './changes.ts'
import { limitWords } from './words.ts'

type Step = Batch['steps'][number]

/** The steps of the work with their records; a step with a limit asks for its temperature. */
export function Steps({ batch, writes }: { batch: Batch; writes: boolean }) {
  const [asked, setAsked] = useState<Step | null>(null)
  const read = useAct('production.readStep', { changes: [...batchChanges] })
  const record = (step: Step) => {
    if (step.minDeciC !== null || step.maxDeciC !== null) setAsked(step)
    else
      read.mutate(
        { params: { id: batch.id, readingId: newId() }, body: { seq: step.seq } },
        { onError: toastProblem },
      )
  }
  return (
    <Card title={t('making.batch.steps')}>
      <ol className="coop-list">
        {batch.steps.map((step) => (
          <li key={step.seq} className="coop-line">
            <span className="grow">
              <b>
                {step.seq}. {step.name}
              </b>
              <StepWords step={step} />
            </span>
            {step.reading && (
              <Badge
                tone={step.reading.withinLimits ? 'good' : 'bad'}
                icon={step.reading.withinLimits ? 'check' : 'warning'}
              >
                {t(step.reading.withinLimits ? 'making.run.kept' : 'making.run.notKept')}
              </Badge>
            )}
            {writes && (
              <Button size="l" tone={step.reading ? 'quiet' : 'plain'} onClick={() => record(step)}>
                {t(step.reading ? 'making.run.stepAgain' : 'making.run.stepDone')}
              </Button>
            )}
          </li>
        ))}
      </ol>
      {asked && <ReadingDialog batch={batch} step={asked} onClose={() => setAsked(null)} />}
    </Card>
  )
}

function StepWords({ step }: { step: Step }) {
  const limit = limitWords(step)
  const { reading } = step
  return (
    <span className="muted small">
      {[
        step.minutes === null ? '' : t('making.run.minutes', { count: step.minutes }),
        limit === '' ? '' : `${t('making.run.critical')} ${limit}`,
        reading ? momentWords(reading.at) : '',
        reading?.deciC === null || reading?.deciC === undefined ? '' : temperatureText(reading.deciC),
        reading?.action ?? '',
      ]
        .filter(Boolean)
        .join(' · ')}
    </span>
  )
}

function ReadingDialog({ batch, step, onClose }: { batch: Batch; step: Step; onClose: () => void }) {
  const [readingId] = useState(newId)
  const [celsius, setCelsius] = useState<number | null>(null)
  const [action, setAction] = useState('')
  const read = useAct('production.readStep', { changes: [...batchChanges], onDone: onClose })
  const flaw = flawsOf(read.error)
  const deciC = celsius === null ? null : Math.round(celsius * 10)
  const off = deciC !== null && (deciC < (step.minDeciC ?? -Infinity) || deciC > (step.maxDeciC ?? Infinity))
  const submit = () =>
    read.mutate({ params: { id: batch.id, readingId }, body: { seq: step.seq, deciC, action } })
  const ready = deciC !== null && (!off || action.trim() !== '')
  const foot = (
    <Button
      tone="main"
      size="l"
      busy={read.isPending}
      refused={ready ? undefined : t('making.incomplete')}
      onClick={submit}
    >
      {t('making.run.stepDone')}
    </Button>
  )
  return (
    <Dialog open onClose={onClose} title={step.name} foot={foot}>
      <div className="stack">
        <ProblemNote error={read.error} />
        <NumberField
          label={t('making.run.temperature')}
          hint={`${t('making.run.critical')} ${limitWords(step)}`}
          after="℃"
          size="l"
          min={-60}
          max={250}
          decimals={1}
          value={celsius}
          onNumber={setCelsius}
          error={flaw('/body/deciC')}
        />
        {off && (
          <TextField
            label={t('making.run.action')}
            hint={t('making.run.actionHint')}
            maxLength={200}
            value={action}
            onText={setAction}
            error={flaw('/body/action')}
          />
        )}
      </div>
    </Dialog>
  )
}
