import { newId } from '@huming/shared/ids'
import { useState } from 'react'
import type { Reply } from '../app/api.ts'
import { t } from '../app/i18n.ts'
import { useAct, useApi } from '../app/query.ts'
import { AmountField } from '../coop/amount-field.tsx'
import { packingOf } from '../coop/words.ts'
import { Button } from '../kit/button.tsx'
import { Dialog } from '../kit/dialog.tsx'
import { Select } from '../kit/field.tsx'
import { ProblemNote } from '../kit/states.tsx'
import { toast } from '../kit/toast.tsx'
import './production.css'
import './texts.ts'
import { amount, worksUnits } from './words.ts'

/** Sends a part of a made lot to another maker, who uses it as material. */
export function SendButton({ lot }: { lot: Reply<'stock.readLot'> }) {
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button tone="quiet" icon="out" onClick={() => setOpen(true)}>
        {t('making.send')}
      </Button>
      {open && <SendDialog lot={lot} onClose={() => setOpen(false)} />}
    </>
  )
}

function SendDialog({ lot, onClose }: { lot: Reply<'stock.readLot'>; onClose: () => void }) {
  const stores = useApi('production.listStores')
  const [id] = useState(newId)
  const [toOrgId, setTo] = useState('')
  const [quantity, setQuantity] = useState<number | null>(null)
  const send = useAct('production.sendMaterial', {
    changes: ['stock.readLot', 'stock.listLots', 'production.listReceipts'],
    onDone: () => {
      toast(t('making.send.done'))
      onClose()
    },
  })
  const submit = () => {
    if (quantity !== null) send.mutate({ params: { id }, body: { lotId: lot.id, toOrgId, quantity } })
  }
  const foot = (
    <Button
      tone="main"
      busy={send.isPending}
      refused={quantity !== null && toOrgId ? undefined : t('making.incomplete')}
      onClick={submit}
    >
      {t('making.send.submit')}
    </Button>
  )
  return (
    <Dialog open onClose={onClose} title={t('making.send.title')} foot={foot}>
      <div className="stack">
        <ProblemNote error={send.error} />
        <Select
          label={t('making.send.to')}
          value={toOrgId}
          placeholder={t('coop.choose')}
          options={(stores.data?.items ?? [])
            .filter((one) => one.orgId !== lot.orgId)
            .map((one) => ({ value: one.orgId, label: `${one.name} · ${one.address}` }))}
          onPick={setTo}
        />
        <AmountField
          label={t('making.send.amount')}
          hint={t('making.run.free', { amount: amount(lot.quantity - lot.promised, lot) })}
          units={[...new Set([lot.orderUnit, ...worksUnits(lot.baseUnit)])]}
          packing={packingOf(lot)}
          base={quantity}
          onBase={setQuantity}
        />
      </div>
    </Dialog>
  )
}
