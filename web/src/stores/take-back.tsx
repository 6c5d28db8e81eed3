import { newId } from '@huming/shared/ids'
import { useState } from 'react'
import { api, type Reply } from '../app/api.ts'
import { named, t } from '../app/i18n.ts'
import { useAct } from '../app/query.ts'
import { Button } from '../kit/button.tsx'
import { Dialog } from '../kit/dialog.tsx'
import { TextField } from '../kit/field.tsx'
import { ScanBox } from '../kit/scan-box.tsx'
import { Note, ProblemNote } from '../kit/states.tsx'
import { toast } from '../kit/toast.tsx'
import { NumberPad, padNumber } from '../warehouse/number-pad.tsx'
import { entered, entryOf, shortQuantityOf } from '../warehouse/words.ts'
import './texts.ts'

type Lot = Reply<'stock.listLots'>['items'][number]

/** Goods a buyer gave back: scan the lot, count, say why. They land in the returns bin. */
export function TakeBackDialog({ hubId, onClose }: { hubId: string; onClose: () => void }) {
  const [id] = useState(newId)
  const [lot, setLot] = useState<Lot | null>(null)
  const [reason, setReason] = useState('')
  const [texts, setTexts] = useState<Record<string, string>>({})
  const pack = lot && { ...lot, nameEn: lot.name, catchWeight: false }
  const entry = pack && entryOf(pack, 0)
  const field = entry && {
    key: 'quantity',
    label: t('warehouse.quantity'),
    unit: entry.unit,
    decimals: pack?.baseUnit === 'piece' ? 0 : 3,
  }
  const quantity = entry && field ? entered(padNumber(texts, field) ?? 0, entry) : 0
  const find = async (code: string): Promise<true | string> => {
    const { items } = await api('stock.listLots', { query: { hubId, search: code.slice(0, 60) } })
    if (!items[0]) return t('stores.count.notHere')
    setLot(items[0])
    return true
  }
  const take = useAct('storing.takeBack', {
    changes: ['storing.listStock', 'storing.listReturns'],
    onDone: () => {
      toast(t('stores.returns.done'))
      onClose()
    },
  })
  const send = () => lot && take.mutate({ params: { id }, body: { hubId, lotId: lot.id, quantity, reason } })
  const wanting = !lot
    ? t('stores.returns.scan')
    : quantity <= 0
      ? t('stores.act.needQuantity')
      : reason.trim() === ''
        ? t('stores.act.needReason')
        : undefined
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('stores.returns.title')}
      foot={
        <Button tone="main" size="l" full busy={take.isPending} refused={wanting} onClick={send}>
          {t('stores.returns.send', { quantity: pack ? shortQuantityOf(pack, quantity) : '' })}
        </Button>
      }
    >
      <div className="stack">
        <Note tone="warn">{t('stores.returns.hint')}</Note>
        <ScanBox label={t('stores.returns.scan')} onCode={find} />
        {lot && (
          <span className="row">
            <b className="wh-loud">{named({ zh: lot.name, en: lot.nameEn })}</b>
            <span className="wh-code-s">{lot.code}</span>
          </span>
        )}
        {field && (
          <NumberPad
            fields={[field]}
            texts={texts}
            onText={(key, text) => setTexts({ ...texts, [key]: text })}
          />
        )}
        <TextField
          label={t('stores.act.reason')}
          size="l"
          maxLength={200}
          value={reason}
          onText={setReason}
        />
        <ProblemNote error={take.error} />
      </div>
    </Dialog>
  )
}
