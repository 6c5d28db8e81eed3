import { useState } from 'react'
import { useSearchParams } from 'wouter'
import { t } from '../app/i18n.ts'
import { Tabs } from '../kit/choose.tsx'
import { PageHeader } from '../kit/page.tsx'
import { PasteOrder } from './paste-order.tsx'
import { TotalBar } from './total-bar.tsx'
import { TypeOrder } from './type-order.tsx'
import { useNoSite, WhereWhen } from './where-when.tsx'
import './quick.css'

type Way = 'type' | 'paste'

/** Two quick ways into the basket: typing with the hands on the keys, and pasting from a chat. */
export function QuickOrder() {
  const noSite = useNoSite()
  const [params] = useSearchParams()
  const [way, setWay] = useState<Way>(() => (params.get('way') === 'type' ? 'type' : 'paste'))
  return (
    <>
      <PageHeader title={t('shop.quick.title')} back="/" />
      {noSite ?? (
        <div className="stack">
          <WhereWhen />
          <Tabs
            label={t('shop.quick.title')}
            tabs={[
              { value: 'paste', label: t('shop.quick.paste') },
              { value: 'type', label: t('shop.quick.type') },
            ]}
            value={way}
            onPick={setWay}
          >
            {way === 'type' ? <TypeOrder /> : <PasteOrder />}
          </Tabs>
          <TotalBar />
        </div>
      )}
    </>
  )
}
