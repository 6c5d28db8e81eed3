import { useApi } from '../app/query.ts'
import { Select } from '../kit/field.tsx'

type Kind = 'coop' | 'base' | 'broker'

/** One organisation of these kinds. */
export function PartySelect(props: {
  label: string
  kinds: readonly [Kind, Kind?]
  value: string
  onPick: (orgId: string) => void
}) {
  const [first, second = first] = props.kinds
  const one = useApi('accounts.listOrganisations', { query: { kind: first, limit: 200 } })
  const other = useApi('accounts.listOrganisations', { query: { kind: second, limit: 200 } })
  const items = [...(one.data?.items ?? []), ...(first === second ? [] : (other.data?.items ?? []))]
  return (
    <Select
      label={props.label}
      value={props.value}
      placeholder="—"
      options={items.map((org) => ({ value: org.id, label: org.shortName }))}
      onPick={props.onPick}
    />
  )
}
