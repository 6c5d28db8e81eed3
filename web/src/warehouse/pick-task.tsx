import { useState } from 'react'
import { ApiProblem, type Reply, sentenceOf } from '../app/api.ts'
import { t } from '../app/i18n.ts'
import { useAct } from '../app/query.ts'
import { Button } from '../kit/button.tsx'
import { signal } from '../kit/feedback.ts'
import { ScanBox } from '../kit/scan-box.tsx'
import { Note } from '../kit/states.tsx'
import { toast } from '../kit/toast.tsx'
import { NumberPad, padNumber } from './number-pad.tsx'
import { ShortDialog } from './short-dialog.tsx'
import { SwapDialog } from './swap-dialog.tsx'
import { TaskCard } from './task-card.tsx'
import { entered, nameOf, quantityOf, toEnter, weightEntry } from './words.ts'

export type Task = NonNullable<Reply<'picking.nextTask'>['task']>
type Taken = { lot: string; reason: string }
/** `onDone` takes a sentence of what was done. */
type Props = { task: Task; onDone: (said?: string) => void; onSkip: () => void }

const names = (scan: string, code: string): boolean => scan.toUpperCase().includes(code.toUpperCase())

/** Lot → quantity → tote. A wrong code turns the screen red and nothing moves. */
export function PickTask({ task, onDone, onSkip }: Props) {
  const [taken, setTaken] = useState<Taken | null>(null)
  const [wrong, setWrong] = useState<string | null>(null)
  const [texts, setTexts] = useState<Record<string, string>>({})
  const [dialog, setDialog] = useState<'short' | 'swap' | null>(null)
  const [flash, setFlash] = useState(0)
  const act = useAct('picking.pick')
  const entry = weightEntry(task)
  const weight = { key: 'net', label: t('warehouse.pick.net'), unit: entry.unit, decimals: entry.decimals }
  const typed = padNumber(texts, weight)
  const quantity = task.catchWeight ? (typed === null ? null : entered(typed, entry)) : task.quantity

  const refuse = (sentence: string): string => {
    setFlash(flash + 1)
    return sentence
  }
  const scanLot = (code: string): true | string => {
    if (names(code, task.lotCode)) {
      setWrong(null)
      setTaken({ lot: task.lotCode, reason: '' })
      return true
    }
    setWrong(code)
    return refuse(t('warehouse.pick.wrongLot', { expected: task.lotCode }))
  }
  const send = async (tote: string): Promise<true | string> => {
    if (!taken || quantity === null) return refuse(t('warehouse.pick.weighFirst'))
    const body = { lot: taken.lot, quantity, tote, otherLotReason: taken.reason }
    try {
      const done = await act.mutateAsync({ params: { id: task.id }, body })
      const said = t('warehouse.pick.done', { name: nameOf(task), quantity: quantityOf(task, quantity) })
      const order = t('warehouse.pick.orderDone', { number: task.orderNumber })
      onDone(done.orderStatus === 'picked' ? `${said} · ${order}` : said)
      return true
    } catch (error) {
      return failed(error)
    }
  }
  const failed = (error: unknown): string => {
    if (error instanceof ApiProblem && error.code === 'wrong_state') {
      toast(t('warehouse.pick.taken'), { tone: 'warn' })
      onDone()
    }
    if (error instanceof ApiProblem && (error.code === 'wrong_lot' || error.code === 'later_lot_first'))
      setTaken(null)
    return refuse(sentenceOf(error))
  }
  const scanTote = (code: string): Promise<true | string> | string =>
    names(code, task.toteCode)
      ? send(code)
      : refuse(t('warehouse.pick.wrongTote', { expected: task.toteCode }))
  const confirmTote = async () => signal((await send(task.toteCode)) === true ? 'right' : 'wrong')

  return (
    <div className="wh-pick">
      {flash > 0 && <div key={flash} className="wh-flash" aria-hidden="true" />}
      <TaskCard task={task} lot={taken?.lot ?? task.lotCode} step={taken ? 'tote' : 'lot'} />
      <div className="stack">
        {!taken && <ScanBox key="lot" label={t('warehouse.pick.scanLot')} onCode={scanLot} />}
        {!taken && wrong && (
          <Button size="l" onClick={() => setDialog('swap')}>
            {t('warehouse.pick.swap', { code: wrong.slice(0, 24) })}
          </Button>
        )}
        {taken && task.catchWeight && (
          <NumberPad
            fields={[{ ...weight, hint: toleranceOf(task), label: t('warehouse.pick.weigh') }]}
            texts={texts}
            onText={(key, text) => setTexts({ ...texts, [key]: text })}
          />
        )}
        {taken && <ScanBox key="tote" label={t('warehouse.pick.scanTote')} onCode={scanTote} />}
        {act.error && !taken && <Note tone="bad">{sentenceOf(act.error)}</Note>}
        {taken && (
          <Button
            tone="main"
            size="l"
            full
            icon="check"
            busy={act.isPending}
            onClick={() => void confirmTote()}
          >
            {t('warehouse.pick.inTote', { code: task.toteCode })}
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
      <ShortDialog task={task} open={dialog === 'short'} onClose={() => setDialog(null)} onDone={onDone} />
      <SwapDialog
        code={wrong ?? ''}
        open={dialog === 'swap'}
        onClose={() => setDialog(null)}
        onReason={(reason) => {
          setTaken({ lot: wrong ?? '', reason })
          setDialog(null)
        }}
      />
    </div>
  )
}

const toleranceOf = (task: Task): string =>
  t('warehouse.pick.tolerance', {
    least: toEnter(task.least, weightEntry(task)),
    most: toEnter(task.most, weightEntry(task)),
  })
