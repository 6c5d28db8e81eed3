import { useSearchParams } from 'wouter'
import { t } from '../app/i18n.ts'
import { useApi } from '../app/query.ts'
import { Segmented } from '../kit/choose.tsx'

/** The hub that is looked at: kept in the address, the first one when nothing was chosen. */
export function useHub(): {
  hubId: string | undefined
  hubs: readonly { id: string; name: string }[]
  pick: (id: string) => void
} {
  const { data } = useApi('orders.hubs', undefined, { staleTime: 600_000 })
  const [search, setSearch] = useSearchParams()
  const hubs = data?.items ?? []
  const hubId = hubs.find((hub) => hub.id === search.get('hub'))?.id ?? hubs[0]?.id
  const pick = (id: string) =>
    setSearch((before) => {
      before.set('hub', id)
      return before
    })
  return { hubId, hubs, pick }
}

export function HubChoice({ hubId, hubs, pick }: ReturnType<typeof useHub>) {
  if (hubs.length < 2 || !hubId) return null
  const options = hubs.map((hub) => ({ value: hub.id, label: hub.name }))
  return <Segmented label={t('ops.hub')} value={hubId} options={options} onPick={pick} />
}
