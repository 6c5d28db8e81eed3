import { BUYER_CLASSES } from '@huming/shared/reference/buyer-classes'
import { useState } from 'react'
import type { Reply } from '../app/api.ts'
import { named, t } from '../app/i18n.ts'
import { useApi } from '../app/query.ts'
import { Combobox } from '../kit/combobox.tsx'
import './texts.ts'

export type Buyer = Reply<'pricing.findBuyers'>['items'][number]
type Props = { buyer: Buyer | null; onBuyer: (buyer: Buyer | null) => void; error?: string | undefined }

/** Chooses a buyer by its name. */
export function BuyerChoice({ buyer, onBuyer, error }: Props) {
  const [text, setText] = useState(buyer?.name ?? '')
  const asked = text.trim() !== '' && text !== buyer?.name
  const found = useApi(
    'pricing.findBuyers',
    { query: { search: text.trim() || '-' } },
    { enabled: asked, keep: true },
  )
  return (
    <Combobox
      label={t('pricing.buyer')}
      items={asked ? (found.data?.items ?? []) : []}
      itemKey={(one) => one.id}
      text={text}
      busy={found.isFetching}
      error={error}
      onText={(next) => {
        setText(next)
        if (buyer) onBuyer(null)
      }}
      onPick={(one) => {
        onBuyer(one)
        setText(one.name)
      }}
    >
      {(one) => (
        <>
          <b>{one.name}</b> <span className="muted small">{named(BUYER_CLASSES[one.buyerClass])}</span>
        </>
      )}
    </Combobox>
  )
}
