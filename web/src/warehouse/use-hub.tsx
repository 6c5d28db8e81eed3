import { useState } from 'react'
import { t } from '../app/i18n.ts'
import { useApi } from '../app/query.ts'
import { recall, remember } from '../app/remember.ts'
import { useMe } from '../app/session.ts'
import { Segmented } from '../kit/choose.tsx'

/** The warehouse one stands in: the own one; where there are several, the one chosen on this device. */
export function useHub() {
  const me = useMe()
  const { data, isPending } = useApi('orders.hubs', undefined, { staleTime: 600_000 })
  const [chosen, setChosen] = useState(() => recall('hub'))
  const all = data?.items ?? []
  const hubs = me.org.kind === 'operations' ? all : all.filter((hub) => me.hubIds.includes(hub.id))
  const hubId = (hubs.find((hub) => hub.id === chosen) ?? hubs[0])?.id ?? ''
  const pick = (id: string) => {
    remember('hub', id)
    setChosen(id)
  }
  return { hubId, hubs, pick, pending: isPending }
}

/** The choice, where there is one. */
export function HubChoice({ hubId, hubs, pick }: ReturnType<typeof useHub>) {
  if (hubs.length < 2) return null
  return (
    <Segmented
      label={t('warehouse.hub')}
      value={hubId}
      options={hubs.map((hub) => ({ value: hub.id, label: hub.name }))}
      onPick={pick}
    />
  )
}
