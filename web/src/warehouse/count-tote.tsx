import { newId } from '@huming/shared/ids'
import { useState } from 'react'
import { t } from '../app/i18n.ts'
import { useAct } from '../app/query.ts'
import { Button } from '../kit/button.tsx'
import { Note, ProblemNote } from '../kit/states.tsx'
import { NumberPad, padNumber } from './number-pad.tsx'
import { type ToteDetail, toteReads } from './picking-reads.ts'
import { entered, entryOf, nameOf } from './words.ts'
import './picking-texts.ts'

/** Every item of the tote counted blind: what was picked is not shown, so that nobody copies it. */
export function CountTote({ tote }: { tote: ToteDetail }) {
  const [id] = useState(newId)
  const [texts, setTexts] = useState<Record<string, string>>({})
  const act = useAct('picking.checkTote', { changes: toteReads })
  const items = tote.contents.filter((task) => (task.pickedQuantity ?? 0) > 0)
  const fields = items.map((task) => {
    const entry = entryOf(task, task.pickedQuantity ?? 0)
    return {
      task,
      entry,
      field: { key: task.id, label: nameOf(task), unit: entry.unit, decimals: entry.decimals },
    }
  })
  const send = () => {
    const counts = fields.flatMap(({ task, entry, field }) => {
      const counted = padNumber(texts, field)
      return counted === null ? [] : [{ taskId: task.id, counted: entered(counted, entry) }]
    })
    act.mutate({ params: { code: tote.code }, body: { id, counts } })
  }
  return (
    <>
      <Note tone="warn">{t('picking.tote.countAsk')}</Note>
      <NumberPad
        fields={fields.map((one) => one.field)}
        texts={texts}
        onText={(key, text) => setTexts({ ...texts, [key]: text })}
      />
      <Button size="l" full tone="main" busy={act.isPending} onClick={send}>
        {t('picking.tote.countSend')}
      </Button>
      <ProblemNote error={act.error} />
    </>
  )
}
