import { useState } from 'react'
import { ApiProblem, sentenceOf } from '../app/api.ts'
import { t } from '../app/i18n.ts'
import { useAct } from '../app/query.ts'
import { toast } from '../kit/toast.tsx'
import { type PadField, padNumber } from './number-pad.tsx'
import type { Task } from './pick-task.tsx'
import { entered, nameOf, quantityOf, weightEntry } from './words.ts'

/** The lot in hand, and why it is another one than the task names. */
type Taken = { lot: string; reason: string }

const names = (scan: string, code: string): boolean => scan.toUpperCase().includes(code.toUpperCase())

/** One task of the loop: lot → quantity → tote. A wrong code moves nothing and counts a flash. */
export function usePick(task: Task, onDone: (said?: string) => void) {
  const [taken, setTaken] = useState<Taken | null>(null)
  const [wrong, setWrong] = useState<string | null>(null)
  const [texts, setTexts] = useState<Record<string, string>>({})
  const [flash, setFlash] = useState(0)
  const act = useAct('picking.pick')
  const entry = weightEntry(task)
  const weight: PadField = {
    key: 'net',
    label: t('warehouse.pick.weigh'),
    unit: entry.unit,
    decimals: entry.decimals,
  }
  const typed = padNumber(texts, weight)
  const quantity = task.catchWeight ? (typed === null ? null : entered(typed, entry)) : task.quantity

  const refuse = (sentence: string): string => {
    setFlash((count) => count + 1)
    return sentence
  }
  const scanLot = (code: string): true | string => {
    const right = names(code, task.lotCode)
    setWrong(right ? null : code)
    if (!right) return refuse(t('warehouse.pick.wrongLot', { expected: task.lotCode }))
    setTaken({ lot: task.lotCode, reason: '' })
    return true
  }
  const swap = (reason: string) => setTaken({ lot: wrong ?? '', reason })
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
    const code = error instanceof ApiProblem ? error.code : ''
    if (code === 'wrong_state') {
      toast(t('warehouse.pick.taken'), { tone: 'warn' })
      onDone()
    }
    if (code === 'wrong_lot' || code === 'later_lot_first') setTaken(null)
    return refuse(sentenceOf(error))
  }
  const scanTote = (code: string): Promise<true | string> | string =>
    names(code, task.toteCode)
      ? send(code)
      : refuse(t('warehouse.pick.wrongTote', { expected: task.toteCode }))
  return { taken, wrong, texts, setTexts, flash, weight, scanLot, scanTote, swap, send, act }
}
