import { useState } from 'react'
import type { Reply } from '../app/api.ts'
import { t } from '../app/i18n.ts'
import { Button } from '../kit/button.tsx'
import { signal } from '../kit/feedback.ts'
import { Checkbox } from '../kit/field.tsx'
import { ScanBox } from '../kit/scan-box.tsx'
import { Note } from '../kit/states.tsx'
import { NumberPad } from './number-pad.tsx'
import { ShortDialog } from './short-dialog.tsx'
import { SwapDialog } from './swap-dialog.tsx'
import { TaskCard } from './task-card.tsx'
import { usePick } from './use-pick.ts'
import { toEnter, weightEntry } from './words.ts'
import './picking-texts.ts'

export type Task = NonNullable<Reply<'picking.nextTask'>['task']>
/** `onDone` takes a sentence of what was done. */
type Props = { task: Task; onDone: (said?: string) => void; onSkip: () => void }

/** Bin → lot → quantity → tote. A wrong code turns the screen red and nothing moves. */
export function PickTask({ task, onDone, onSkip }: Props) {
  const pick = usePick(task, onDone)
  const [dialog, setDialog] = useState<'short' | 'swap' | null>(null)
  const { taken, wrong } = pick
  const close = () => setDialog(null)
  return (
    <div className="wh-pick">
      {pick.flash > 0 && <div key={pick.flash} className="wh-flash" aria-hidden="true" />}
      <TaskCard task={task} lot={taken?.lot ?? task.lotCode} step={taken ? 'tote' : 'lot'} />
      <div className="stack">
        {taken ? (
          <IntoTote task={task} pick={pick} />
        ) : (
          <ScanBox key="lot" label={t('warehouse.pick.scanLot')} onCode={pick.scanLot} />
        )}
        {!task.lotSellable && <Note tone="bad">{t('picking.stopped')}</Note>}
        {!taken && pick.refusal && <Note tone="bad">{pick.refusal}</Note>}
        {!taken && wrong && (
          <Button size="l" onClick={() => setDialog('swap')}>
            {t('warehouse.pick.swap', { code: wrong.slice(0, 24) })}
          </Button>
        )}
        <div className="wh-pair">
          <Button size="l" icon="warning" onClick={() => setDialog('short')}>
            {t('warehouse.pick.short')}
          </Button>
          <Button size="l" tone="quiet" onClick={onSkip}>
            {t('warehouse.pick.skip')}
          </Button>
        </div>
      </div>
      <ShortDialog task={task} open={dialog === 'short'} onClose={close} onDone={onDone} />
      <SwapDialog
        code={wrong ?? ''}
        open={dialog === 'swap'}
        onClose={close}
        onReason={(reason) => {
          pick.swap(reason)
          close()
        }}
      />
    </div>
  )
}

/** The lot is in hand: weigh it where it is weighed, and put it into the tote. */
export function IntoTote({ task, pick }: { task: Task; pick: ReturnType<typeof usePick> }) {
  const [refusal, setRefusal] = useState('')
  // Another loose lot than the task's goes where the server says.
  const own = task.loose && pick.taken?.lot !== task.lotCode ? undefined : task.toteCode
  const confirm = async () => {
    const answer = await pick.send(own)
    signal(answer === true ? 'right' : 'wrong')
    setRefusal(answer === true ? '' : answer)
  }
  const hint = t('warehouse.pick.tolerance', {
    least: toEnter(task.least, weightEntry(task)),
    most: toEnter(task.most, weightEntry(task)),
  })
  return (
    <>
      {task.catchWeight && (
        <NumberPad
          fields={[{ ...pick.weight, hint }]}
          texts={pick.texts}
          onText={(key, text) => pick.setTexts({ ...pick.texts, [key]: text })}
        />
      )}
      {pick.tooHeavy && (
        <Checkbox label={t('picking.overweight')} checked={pick.overweight} onCheck={pick.setOverweight} />
      )}
      <ScanBox
        key="tote"
        label={t(task.catchWeight ? 'warehouse.pick.scanToteLast' : 'warehouse.pick.scanTote')}
        onCode={pick.scanTote}
      />
      {refusal && <Note tone="bad">{refusal}</Note>}
      <Button tone="main" size="l" full icon="check" busy={pick.busy} onClick={() => void confirm()}>
        {t('warehouse.pick.inTote', { code: task.toteCode })}
      </Button>
    </>
  )
}
