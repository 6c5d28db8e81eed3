import type { disposalMethods } from '@huming/shared/contracts/storing-apart'
import { newId } from '@huming/shared/ids'
import { useState } from 'react'
import { t } from '../app/i18n.ts'
import { useAct } from '../app/query.ts'
import { Button } from '../kit/button.tsx'
import { Dialog } from '../kit/dialog.tsx'
import { RadioGroup, TextField } from '../kit/field.tsx'
import { PhotoInput } from '../kit/photo-input.tsx'
import { ProblemNote } from '../kit/states.tsx'
import { toast } from '../kit/toast.tsx'
import { NumberPad, padNumber } from '../warehouse/number-pad.tsx'
import { entered, entryOf, toEnter } from '../warehouse/words.ts'
import { GoodsHead, type StockRow } from './goods.tsx'
import './texts.ts'

type Method = (typeof disposalMethods)[number]
const methods: readonly Method[] = ['dye', 'deform', 'render', 'burn']

/** How goods were made unusable, where, with photos; the second person confirms on their own device. */
export function DisposeDialog({ row, onClose }: { row: StockRow; onClose: () => void }) {
  const [id] = useState(newId)
  const [method, setMethod] = useState<Method>('dye')
  const [place, setPlace] = useState('')
  const [reason, setReason] = useState('')
  const [photoFileIds, setPhotos] = useState<string[]>([])
  const entry = entryOf(row, row.quantity)
  const [texts, setTexts] = useState<Record<string, string>>({ quantity: toEnter(row.quantity, entry) })
  const field = {
    key: 'quantity',
    label: t('warehouse.quantity'),
    unit: entry.unit,
    decimals: entry.decimals,
  }
  const quantity = Math.min(row.quantity, entered(padNumber(texts, field) ?? 0, entry))
  const write = useAct('storing.writeDisposal', {
    changes: ['storing.listDisposals', 'storing.listStock'],
    onDone: () => {
      toast(t('stores.disposal.written'))
      onClose()
    },
  })
  const send = () =>
    write.mutate({
      params: { id },
      body: {
        lotId: row.lotId,
        binId: row.binId,
        quantity,
        method,
        reason,
        place,
        doneAt: new Date(Date.now() - 1000).toISOString(),
        photoFileIds,
      },
    })
  const wanting =
    quantity <= 0
      ? t('stores.act.needQuantity')
      : reason.trim() === ''
        ? t('stores.act.needReason')
        : place.trim() === ''
          ? t('stores.disposal.needPlace')
          : photoFileIds.length === 0
            ? t('stores.disposal.needPhoto')
            : undefined
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('stores.disposal.write')}
      foot={
        <Button tone="danger" size="l" full busy={write.isPending} refused={wanting} onClick={send}>
          {t('stores.disposal.send')}
        </Button>
      }
    >
      <div className="stack">
        <GoodsHead of={row} />
        <RadioGroup
          label={t('stores.disposal.method')}
          value={method}
          options={methods.map((value) => ({ value, label: t(`stores.disposal.method.${value}`) }))}
          onPick={setMethod}
        />
        <TextField
          label={t('stores.disposal.place')}
          size="l"
          maxLength={100}
          value={place}
          onText={setPlace}
        />
        <TextField
          label={t('stores.act.reason')}
          size="l"
          maxLength={200}
          value={reason}
          onText={setReason}
        />
        <PhotoInput label={t('stores.disposal.photos')} ids={photoFileIds} onIds={setPhotos} max={6} />
        <NumberPad
          fields={[field]}
          texts={texts}
          onText={(key, text) => setTexts({ ...texts, [key]: text })}
        />
        <ProblemNote error={write.error} />
      </div>
    </Dialog>
  )
}
