import { useSearchParams } from 'wouter'
import { t } from '../app/i18n.ts'
import { Tabs } from '../kit/choose.tsx'
import { PageHeader } from '../kit/page.tsx'
import { CutOffCheck } from './supply-check.tsx'
import { OfferDesk } from './supply-offers.tsx'
import { TrustTable } from './supply-trust.tsx'

const tabs = ['check', 'offers', 'trust'] as const
type Tab = (typeof tabs)[number]

/** Whether goods can meet the cut-offs, what suppliers offer instead, and how far their forecasts are trusted. */
export function SupplyDesk() {
  const [search, setSearch] = useSearchParams()
  const tab = tabs.find((one) => one === search.get('tab')) ?? 'check'
  return (
    <>
      <PageHeader title={t('supply.title')} />
      <Tabs
        label={t('supply.tabs')}
        value={tab}
        tabs={tabs.map((value) => ({ value, label: t(`supply.tab.${value}`) }))}
        onPick={(value: Tab) => setSearch(value === 'check' ? {} : { tab: value }, { replace: true })}
      >
        {tab === 'check' ? <CutOffCheck /> : tab === 'offers' ? <OfferDesk /> : <TrustTable />}
      </Tabs>
    </>
  )
}
