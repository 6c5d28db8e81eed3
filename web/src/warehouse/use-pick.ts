import { readScan } from '@huming/shared/identifiers/gs1-scan'
import { readScale } from '@huming/shared/scale'
import { useState } from 'react'
import { ApiProblem, sentenceOf } from '../app/api.ts'
import { t } from '../app/i18n.ts'
import { invalidate } from '../app/query.ts'
import { useMe } from '../app/session.ts'
import { toast } from '../kit/toast.tsx'
import { type PadField, padNumber } from './number-pad.tsx'
import { actNow } from './pick-outbox.ts'
import type { Task } from './pick-task.tsx'
import { entered, nameOf, quantityOf, toEnter, weightEntry } from './words.ts'
import './picking-texts.ts'

/** The lot in hand, and why it is another one than the task names. */
type Taken = { lot: string; reason: string }

/** Does a scan name this code: bare, in a label's text, or as lot or SSCC of a GS1 bar code? */
export function names(scan: string, code: string | null): boolean {
  if (!code) return false
  const read = readScan(scan)
  if (read.ok && (read.lot?.toUpperCase() === code.toUpperCase() || read.sscc === code)) return true
  return scan.toUpperCase().includes(code.toUpperCase())
}

/** The weight in a scan: a scale's own line, or AI 310n of a label. Null when it tells none. */
function weightIn(scan: string): { grams: number } | { refusal: string } | null {
  const read = readScan(scan)
  if (read.ok && read.netGrams !== null) return { grams: read.netGrams }
  const scale = readScale(scan)
  if (scale.ok) return { grams: scale.grams }
  if (scale.reason === 'unstable') return { refusal: t('picking.scale.moving') }
  if (scale.reason === 'overload') return { refusal: t('picking.scale.heavy') }
  if (scale.reason === 'negative') return { refusal: t('picking.scale.below') }
  return null
}

/** What is said of a pick: kept on the device, the last of its order, or simply done. */
function doneWords(task: Task, done: Awaited<ReturnType<typeof actNow>>, said: string): string {
  if (done === 'kept') return `${said} · ${t('picking.queue.kept')}`
  if ('orderStatus' in done && done.orderStatus === 'picked')
    return `${said} · ${t('warehouse.pick.orderDone', { number: task.orderNumber })}`
  return said
}

/** Is the weight outside what is accepted without asking? The sentence, or null. A heavier one may be asked for. */
function weightRefusal(task: Task, quantity: number, overweight: boolean): string | null {
  const most = overweight ? Math.max(task.most, Math.floor((task.quantity * 3) / 2)) : task.most
  if (!task.catchWeight || (quantity >= task.least && quantity <= most)) return null
  const entry = weightEntry(task)
  return t('picking.weightOff', {
    least: toEnter(task.least, entry),
    most: toEnter(most, entry),
    unit: entry.unit,
  })
}

/** What is typed of a weight, read in base units; a heavier one than usual may be asked for. */
function useWeight(task: Task) {
  const [texts, setTexts] = useState<Record<string, string>>({})
  const [overweight, setOverweight] = useState(false)
  const entry = weightEntry(task)
  const { unit, decimals } = entry
  const weight: PadField = { key: 'net', label: t('warehouse.pick.weigh'), unit, decimals }
  const typed = padNumber(texts, weight)
  const quantity = task.catchWeight ? (typed === null ? null : entered(typed, entry)) : task.quantity
  const tooHeavy = task.catchWeight && quantity !== null && quantity > task.most
  return { texts, setTexts, weight, entry, quantity, tooHeavy, overweight, setOverweight }
}

/** One task of the loop: bin → lot → quantity → tote. A wrong code moves nothing and counts a flash. */
export function usePick(task: Task, onDone: (said?: string) => void, start: Taken | null = null) {
  const { person } = useMe()
  const [taken, setTaken] = useState<Taken | null>(start)
  const [wrong, setWrong] = useState<string | null>(null)
  const weighing = useWeight(task)
  const { texts, setTexts, entry, quantity, overweight } = weighing
  const [flash, setFlash] = useState(0)
  const [busy, setBusy] = useState(false)
  const [refusal, setRefusal] = useState('')

  const refuse = (sentence: string): string => {
    setFlash((count) => count + 1)
    setRefusal(sentence)
    return sentence
  }
  const hearWeight = (code: string): true | string | null => {
    const heard = task.catchWeight && task.baseUnit === 'g' ? weightIn(code) : null
    if (heard && 'grams' in heard) setTexts({ ...texts, net: toEnter(heard.grams, entry) })
    return heard && ('refusal' in heard ? refuse(heard.refusal) : true)
  }
  const scanLot = (code: string): true | string => {
    if (task.binCode && names(code, task.binCode)) {
      toast(t('picking.binRight', { bin: task.binCode }))
      return true
    }
    const right = names(code, task.lotCode)
    setWrong(right ? null : code)
    if (!right) return refuse(t('warehouse.pick.wrongLot', { expected: task.lotCode }))
    setTaken({ lot: task.lotCode, reason: '' })
    hearWeight(code)
    return true
  }
  const swap = (reason: string) => setTaken({ lot: wrong ?? '', reason })
  const send = async (tote?: string): Promise<true | string> => {
    if (!taken || quantity === null) return refuse(t('warehouse.pick.weighFirst'))
    const off = weightRefusal(task, quantity, overweight)
    if (off) return refuse(off)
    const heavy = overweight && quantity > task.most
    const body = {
      lot: taken.lot,
      quantity,
      ...(tote && { tote }),
      ...(heavy && { overweight }),
      otherLotReason: taken.reason,
    }
    const said = t('warehouse.pick.done', { name: nameOf(task), quantity: quantityOf(task, quantity) })
    setBusy(true)
    try {
      const words = { title: said, sub: `${task.lotCode} → ${task.toteCode} · ${task.site}` }
      const done = await actNow(person.id, { kind: 'pick', input: { params: { id: task.id }, body } }, words)
      invalidate('picking.')
      onDone(doneWords(task, done, said))
      return true
    } catch (error) {
      return failed(error)
    } finally {
      setBusy(false)
    }
  }
  const failed = (error: unknown): string => {
    const code = error instanceof ApiProblem ? error.code : ''
    if (code === 'wrong_state') {
      toast(t('warehouse.pick.taken'), { tone: 'warn' })
      onDone()
    }
    if (code === 'wrong_lot' || code === 'later_lot_first') setTaken(start)
    return refuse(sentenceOf(error))
  }
  /** Any tote is asked of the server, which may take another of the order and says why it takes none. */
  const scanTote = (code: string): Promise<true | string> | true | string => hearWeight(code) ?? send(code)
  return { taken, wrong, flash, scanLot, scanTote, swap, send, busy, refusal, ...weighing }
}
