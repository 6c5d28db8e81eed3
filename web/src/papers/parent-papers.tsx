import { useState } from 'react'
import { api, type Reply } from '../app/api.ts'
import { t } from '../app/i18n.ts'
import { useApi } from '../app/query.ts'
import { IconButton } from '../kit/button.tsx'
import { Combobox } from '../kit/combobox.tsx'
import { toast, toastProblem } from '../kit/toast.tsx'

type Lot = Reply<'stock.listLots'>['items'][number]
/** A certificate that another one stands on, and how it is called. */
export type Parent = { id: string; label: string }

interface Props {
  parents: readonly Parent[]
  onParents: (parents: Parent[]) => void
  error: string | undefined
}

/** The certificates a collector's stands on: found by the lots the goods came from. */
export function ParentPapers({ parents, onParents, error }: Props) {
  const [text, setText] = useState('')
  const search = text.trim()
  const lots = useApi(
    'stock.listLots',
    { query: { search, limit: 12 } },
    { enabled: search !== '', keep: true },
  )
  const take = async (lot: Lot) => {
    setText('')
    try {
      const { items } = await api('lotPapers.list', { params: { id: lot.id } })
      const known = new Set(parents.map((one) => one.id))
      const fresh = items.filter(
        (one) => one.counts && one.kind === 'conformity_certificate' && !known.has(one.id),
      )
      if (fresh.length === 0) toast(t('papers.lot.noParent', { lot: lot.code }))
      onParents([...parents, ...fresh.map((one) => ({ id: one.id, label: `${one.number} · ${lot.code}` }))])
    } catch (failure) {
      toastProblem(failure)
    }
  }
  return (
    <div className="stack" style={{ ['--gap' as string]: '4px' }}>
      <Combobox
        label={t('papers.lot.parents')}
        hint={t('papers.lot.parentsHint')}
        error={error}
        text={text}
        onText={setText}
        items={search === '' ? [] : (lots.data?.items ?? [])}
        itemKey={(lot) => lot.id}
        busy={lots.isFetching}
        onPick={(lot) => void take(lot)}
      >
        {(lot) => `${lot.code} · ${lot.name}`}
      </Combobox>
      <ul className="papers-list">
        {parents.map((one) => (
          <li key={one.id} className="row">
            <span className="grow">{one.label}</span>
            <IconButton
              icon="trash"
              label={`${t('kit.photoRemove')} ${one.label}`}
              onClick={() => onParents(parents.filter((other) => other.id !== one.id))}
            />
          </li>
        ))}
      </ul>
    </div>
  )
}
