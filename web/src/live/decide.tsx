import { newId } from '@huming/shared/ids'
import { useState } from 'react'
import { t } from '../app/i18n.ts'
import { useAct } from '../app/query.ts'
import { Button } from '../kit/button.tsx'
import { Dialog } from '../kit/dialog.tsx'
import { Select, TextField } from '../kit/field.tsx'
import { Note, ProblemNote } from '../kit/states.tsx'
import { toast } from '../kit/toast.tsx'
import { type FailedStop, isOpen, type Live } from './words.ts'

const changes = ['live.board', 'routes.readPlan', 'routes.readBoard'] as const
type Choice = 'again' | 'back' | 'tomorrow'

/** What becomes of goods whose door did not open. Once the truck is back they can only stay. */
export function DecideDialog({
  stop,
  board,
  onClose,
}: {
  stop: FailedStop
  board: Live
  onClose: () => void
}) {
  const [id] = useState(newId)
  const choices: Choice[] = stop.onRoad ? ['again', 'back', 'tomorrow'] : ['back', 'tomorrow']
  const [choice, setChoice] = useState<Choice>(choices[0] as Choice)
  const [toRunId, setToRunId] = useState(stop.runId)
  const [note, setNote] = useState('')
  const decide = useAct('live.decideDoor', {
    changes,
    onDone: () => {
      toast(t('live.decide.done'))
      onClose()
    },
  })
  const act = () =>
    decide.mutate({
      params: { id },
      body: {
        stopId: stop.stopId,
        choice,
        toRunId: choice === 'again' && toRunId !== stop.runId ? toRunId : null,
        note: note.trim(),
      },
    })
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('live.decide.title', { site: stop.site })}
      foot={
        <Button tone="main" busy={decide.isPending} onClick={act}>
          {t('live.decide.do')}
        </Button>
      }
    >
      <div className="stack">
        <Select
          label={t('live.decide.choice')}
          value={choice}
          options={choices.map((value) => ({ value, label: t(`live.decide.${value}`) }))}
          onPick={setChoice}
        />
        <Note>{t(`live.decide.hint.${choice}`)}</Note>
        {choice === 'again' && (
          <Select
            label={t('live.decide.by')}
            value={toRunId}
            options={trucks(stop, board)}
            onPick={setToRunId}
          />
        )}
        <TextField label={t('live.decide.note')} value={note} maxLength={200} onText={setNote} />
        <ProblemNote error={decide.error} />
      </div>
    </Dialog>
  )
}

/** The truck with the goods first, then those of its plan that are out, too. */
function trucks(stop: FailedStop, board: Live): { value: string; label: string }[] {
  const own = board.runs.find((run) => run.id === stop.runId)
  const others = board.runs.filter(
    (run) =>
      run.id !== stop.runId && run.planId === own?.planId && run.status === 'on_road' && !run.outOfService,
  )
  return [
    { value: stop.runId, label: t('live.decide.same', { plate: stop.plate }) },
    ...others.map((run) => ({
      value: run.id,
      label: t('live.decide.other', { plate: run.plate, count: run.stops.filter(isOpen).length }),
    })),
  ]
}
