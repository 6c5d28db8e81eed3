import { useState } from 'react'
import type { Reply } from '../app/api.ts'
import { t } from '../app/i18n.ts'
import { useApi } from '../app/query.ts'
import { StatusChip } from '../kit/badge.tsx'
import { IconButton } from '../kit/button.tsx'
import { Combobox } from '../kit/combobox.tsx'

export type ChosenLot = Pick<
  Reply<'stock.listLots'>['items'][number],
  'id' | 'code' | 'name' | 'spec' | 'stage'
>

/** Chooses lots by code or name. */
export function LotChoice(props: { lots: readonly ChosenLot[]; onLots: (lots: ChosenLot[]) => void }) {
  const { lots, onLots } = props
  const [text, setText] = useState('')
  const found = useApi(
    'stock.listLots',
    { query: { search: text.trim(), limit: 20 } },
    { enabled: text.trim() !== '', keep: true },
  )
  const chosen = new Set(lots.map((lot) => lot.id))
  const items = (found.data?.items ?? []).filter((lot) => !chosen.has(lot.id))
  return (
    <div className="stack" style={{ ['--gap' as string]: '8px' }}>
      <Combobox
        label={t('recall.lots')}
        hint={t('recall.addLot')}
        items={items}
        itemKey={(lot) => lot.id}
        text={text}
        busy={found.isFetching}
        onText={setText}
        onPick={(lot) => {
          onLots([...lots, lot])
          setText('')
        }}
      >
        {(lot) => (
          <>
            <b>{lot.code}</b> {lot.name} {lot.spec} <StatusChip of="lot" status={lot.stage} />
          </>
        )}
      </Combobox>
      {lots.length > 0 && (
        <ul
          className="stack"
          style={{ ['--gap' as string]: '4px', margin: 0, padding: 0, listStyle: 'none' }}
        >
          {lots.map((lot) => (
            <li key={lot.id} className="row spread">
              <span>
                <b>{lot.code}</b> {lot.name} <span className="muted small">{lot.spec}</span>
              </span>
              <IconButton
                icon="close"
                label={t('recall.remove', { code: lot.code })}
                onClick={() => onLots(lots.filter((one) => one.id !== lot.id))}
              />
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
