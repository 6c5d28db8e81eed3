import type { shortReasons } from '@huming/shared/contracts/picking'
import { useState } from 'react'
import type { Reply } from '../app/api.ts'
import { t } from '../app/i18n.ts'
import { invalidate } from '../app/query.ts'
import { useMe } from '../app/session.ts'
import { Button } from '../kit/button.tsx'
import { Dialog } from '../kit/dialog.tsx'
import { RadioGroup } from '../kit/field.tsx'
import { ProblemNote } from '../kit/states.tsx'
import { toast } from '../kit/toast.tsx'
import { NumberPad, padNumber } from './number-pad.tsx'
import { actNow } from './pick-outbox.ts'
import type { Task } from './pick-task.tsx'
import { entered, entryOf, nameOf, quantityOf } from './words.ts'
import './picking-texts.ts'

type Reason = (typeof shortReasons)[number]
const reasons: readonly Reason[] = ['missing', 'damaged', 'misplaced']
type Props = { task: Task; open: boolean; onClose: () => void; onDone: () => void }

/** Less than asked is there: how much, and why. */
export function ShortDialog({ task, open, onClose, onDone }: Props) {
  const [reason, setReason] = useState<Reason>('missing')
  const [texts, setTexts] = useState<Record<string, string>>({ found: '0' })
  const { person } = useMe()
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const entry = entryOf(task, task.quantity)
  const found = {
    key: 'found',
    label: t('warehouse.short.found'),
    unit: entry.unit,
    decimals: entry.decimals,
  }
  const send = async () => {
    const quantity = entered(padNumber(texts, found) ?? 0, entry)
    const input = { params: { id: task.id }, body: { quantity, reason } }
    const words = {
      title: `${t('picking.act.short')} · ${nameOf(task)}`,
      sub: `${task.lotCode} · ${task.site}`,
    }
    setBusy(true)
    try {
      const reply = await actNow(person.id, { kind: 'short', input }, words)
      invalidate('picking.')
      if (reply === 'kept') toast(t('picking.queue.kept'), { tone: 'warn' })
      else if ('replacement' in reply) tell(task, reply, quantity)
      onClose()
      onDone()
    } catch (problem) {
      setError(problem)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={t('warehouse.short.title')}
      foot={
        <Button tone="danger" size="l" full busy={busy} onClick={() => void send()}>
          {t('warehouse.short.send')}
        </Button>
      }
    >
      <div className="stack">
        <RadioGroup
          label={t('warehouse.short.reason')}
          value={reason}
          options={reasons.map((value) => ({ value, label: t(`warehouse.short.${value}`) }))}
          onPick={setReason}
        />
        <NumberPad
          fields={[found]}
          texts={texts}
          onText={(key, text) => setTexts({ ...texts, [key]: text })}
        />
        <ProblemNote error={error} />
      </div>
    </Dialog>
  )
}

function tell(task: Task, reply: Reply<'picking.short'>, found: number) {
  if (reply.replacement)
    return toast(t('warehouse.short.replaced', { code: reply.replacement.lotCode }), { tone: 'warn' })
  if (reply.cutQuantity > 0)
    toast(t('warehouse.short.cut', { quantity: quantityOf(task, reply.cutQuantity) }), { tone: 'warn' })
  if (found > 0 && reply.task.pickedQuantity === 0) toast(t('warehouse.short.putBack'), { tone: 'bad' })
}
