import { useState } from 'react'
import { named, t } from '../app/i18n.ts'
import { useAct } from '../app/query.ts'
import { Button } from '../kit/button.tsx'
import { Segmented } from '../kit/choose.tsx'
import { TextField } from '../kit/field.tsx'
import { Card } from '../kit/page.tsx'
import { Note, ProblemNote } from '../kit/states.tsx'
import type { Run } from './overlay.ts'
import { whenText } from './words.ts'

type Answer = { ok: boolean; note: string }

/** 行车前检查: every point looked at, one press each; what is not in order gets a word. */
export function TripCheck({ run }: { run: Run }) {
  const [again, setAgain] = useState(false)
  if (!run.rule?.tripCheck || run.tripItems.length === 0) return null
  if (run.tripCheckedAt && !again)
    return (
      <Card title={t('driver.trip.title')}>
        <Note tone={run.tripOpen.length > 0 ? 'bad' : 'good'}>
          {run.tripOpen.length > 0
            ? t('driver.trip.stops', { items: run.tripOpen.join('、') })
            : t('driver.trip.done', { time: whenText(run.tripCheckedAt) })}
        </Note>
        <Button size="l" full onClick={() => setAgain(true)}>
          {t('driver.trip.again')}
        </Button>
      </Card>
    )
  return <CheckForm run={run} onDone={() => setAgain(false)} />
}

function CheckForm({ run, onDone }: { run: Run; onDone: () => void }) {
  const [answers, setAnswers] = useState<Readonly<Record<string, Answer>>>({})
  const check = useAct('delivery.checkTrip', { changes: ['delivery.readRun'], onDone })
  const set = (code: string, answer: Answer) => setAnswers((before) => ({ ...before, [code]: answer }))
  const done = run.tripItems.every(({ code }) => {
    const answer = answers[code]
    return answer && (answer.ok || answer.note.trim() !== '')
  })
  const save = () =>
    check.mutate({
      params: { id: run.id },
      body: {
        answers: Object.entries(answers).map(([code, { ok, note }]) => ({
          code,
          ok,
          note: ok ? '' : note.trim(),
        })),
      },
    })
  const allFine = () =>
    setAnswers(Object.fromEntries(run.tripItems.map(({ code }) => [code, { ok: true, note: '' }])))
  return (
    <Card title={t('driver.trip.title')}>
      <ul className="driver-goods">
        {run.tripItems.map((item) => (
          <li key={item.code} className="driver-check">
            <CheckPoint
              name={named({ zh: item.name, en: item.nameEn })}
              answer={answers[item.code]}
              onAnswer={(answer) => set(item.code, answer)}
            />
          </li>
        ))}
      </ul>
      <Button size="l" full onClick={allFine}>
        {t('driver.trip.all')}
      </Button>
      <ProblemNote error={check.error} />
      <Button size="l" tone="main" full disabled={!done} busy={check.isPending} onClick={save}>
        {t('driver.trip.save')}
      </Button>
    </Card>
  )
}

interface CheckPointProps {
  name: string
  answer: Answer | undefined
  onAnswer: (answer: Answer) => void
}

function CheckPoint({ name, answer, onAnswer }: CheckPointProps) {
  return (
    <>
      <b>{name}</b>
      <Segmented
        label={name}
        value={answer === undefined ? '' : answer.ok ? 'ok' : 'bad'}
        options={[
          { value: 'ok', label: t('driver.trip.ok') },
          { value: 'bad', label: t('driver.trip.bad') },
        ]}
        onPick={(pick: string) => onAnswer({ ok: pick === 'ok', note: answer?.note ?? '' })}
      />
      {answer?.ok === false && (
        <TextField
          label={t('driver.trip.note', { name })}
          size="l"
          maxLength={200}
          value={answer.note}
          onText={(note) => onAnswer({ ok: false, note })}
        />
      )}
    </>
  )
}
