import { useState } from 'react'
import { comma, named, t } from '../app/i18n.ts'
import { useMe } from '../app/session.ts'
import { Button } from '../kit/button.tsx'
import { Segmented } from '../kit/choose.tsx'
import { TextField } from '../kit/field.tsx'
import { Card } from '../kit/page.tsx'
import { Note, Skeleton } from '../kit/states.tsx'
import { useKeptDraft } from './kept-draft.ts'
import { keepRunAct } from './outbox.ts'
import type { Run } from './overlay.ts'
import { runText, whenText } from './words.ts'

type Answer = { ok: boolean; note: string }
type Draft = { answers: Readonly<Record<string, Answer>> }

/** 行车前检查: every point looked at, one press each; what is not in order gets a word. */
export function TripCheck({ run }: { run: Run }) {
  const [again, setAgain] = useState(false)
  if (!run.rule?.tripCheck || run.tripItems.length === 0) return null
  if (run.tripCheckedAt && !again)
    return (
      <Card title={t('driver.trip.title')}>
        <Note tone={run.tripOpen.length > 0 ? 'bad' : 'good'}>
          {run.tripOpen.length > 0
            ? t('driver.trip.stops', { items: run.tripOpen.join(comma()) })
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
  const me = useMe()
  const [draft, setDraft] = useKeptDraft<Draft>(`${run.id}/check`, { answers: {} })
  if (!draft) return <Skeleton lines={5} height={72} />
  const { answers } = draft
  const set = (code: string, answer: Answer) => setDraft({ answers: { ...answers, [code]: answer } })
  const done = run.tripItems.every(({ code }) => {
    const answer = answers[code]
    return answer && (answer.ok || answer.note.trim() !== '')
  })
  const save = async () => {
    const told = run.tripItems.flatMap(({ code }) => {
      const answer = answers[code]
      return answer ? [{ code, ok: answer.ok, note: answer.ok ? '' : answer.note.trim() }] : []
    })
    await keepRunAct(
      { personId: me.person.id, runId: run.id, about: runText(run) },
      { kind: 'check', body: { answers: told } },
    )
    onDone()
  }
  const allFine = () =>
    setDraft({ answers: Object.fromEntries(run.tripItems.map(({ code }) => [code, { ok: true, note: '' }])) })
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
      <Button size="l" tone="main" full disabled={!done} onClick={() => void save()}>
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
