import { isServiceDay, serviceDayOf } from '@huming/shared/days'
import { useState } from 'react'
import { t } from '../app/i18n.ts'
import { useAct } from '../app/query.ts'
import { AmountField } from '../coop/amount-field.tsx'
import { flawsOf } from '../coop/flaws.ts'
import { Button } from '../kit/button.tsx'
import { Dialog } from '../kit/dialog.tsx'
import { TextField } from '../kit/field.tsx'
import { NumberField } from '../kit/number-field.tsx'
import { BottomBar } from '../kit/page.tsx'
import { ProblemNote } from '../kit/states.tsx'
import { toast } from '../kit/toast.tsx'
import { type Batch, batchChanges } from './changes.ts'
import { amount, worksPacking, worksUnits } from './words.ts'

/** The batch is made: what came out. A yield away from the recipe asks for its reason. */
export function Finish({ batch }: { batch: Batch }) {
  const [open, setOpen] = useState(false)
  return (
    <>
      <BottomBar>
        <Button tone="main" size="l" full icon="check" onClick={() => setOpen(true)}>
          {t('making.run.finish')}
        </Button>
      </BottomBar>
      {open && <FinishDialog batch={batch} onClose={() => setOpen(false)} />}
    </>
  )
}

function FinishDialog({ batch, onClose }: { batch: Batch; onClose: () => void }) {
  const [today] = useState(() => serviceDayOf(new Date()))
  const [quantity, setQuantity] = useState<number | null>(null)
  const [wasteKg, setWasteKg] = useState<number | null>(null)
  const [madeOn, setMadeOn] = useState<string>(today)
  const [reason, setReason] = useState('')
  const finish = useAct('production.finishBatch', {
    changes: [...batchChanges],
    onDone: () => {
      toast(t('making.run.finished'))
      onClose()
    },
  })
  const flaw = flawsOf(finish.error)
  const submit = () => {
    if (quantity === null) return
    const wasteGrams = Math.round((wasteKg ?? 0) * 1000)
    finish.mutate({ params: { id: batch.id }, body: { quantity, wasteGrams, madeOn, reason } })
  }
  const ready = quantity !== null && isServiceDay(madeOn)
  const foot = (
    <Button
      tone="main"
      size="l"
      busy={finish.isPending}
      refused={ready ? undefined : t('making.incomplete')}
      onClick={submit}
    >
      {t('making.run.finish')}
    </Button>
  )
  return (
    <Dialog open onClose={onClose} title={t('making.run.finishTitle')} foot={foot}>
      <div className="stack">
        <ProblemNote error={finish.error} />
        <AmountField
          label={t('making.run.output')}
          size="l"
          hint={t('making.run.expected', { amount: amount(batch.expectedQuantity, batch) })}
          units={worksUnits(batch.baseUnit)}
          packing={worksPacking(batch.baseUnit)}
          base={quantity}
          onBase={setQuantity}
        />
        <NumberField
          label={t('making.run.wasteGrams')}
          optional
          min={0}
          max={100_000}
          decimals={3}
          value={wasteKg}
          onNumber={setWasteKg}
        />
        <TextField
          label={t('making.run.madeOn')}
          type="date"
          max={today}
          value={madeOn}
          onText={setMadeOn}
          error={flaw('/body/madeOn')}
        />
        <TextField
          label={t('making.run.offReason')}
          hint={t('making.run.offReasonHint')}
          optional
          maxLength={200}
          value={reason}
          onText={setReason}
          error={flaw('/body/reason')}
        />
      </div>
    </Dialog>
  )
}
