import type { Reply } from '../app/api.ts'
import { t, textOf } from '../app/i18n.ts'
import { usePages } from '../app/query.ts'
import { EmptyState, Loaded } from '../kit/states.tsx'
import { type Column, DataTable } from '../kit/table.tsx'
import { momentWords } from '../warehouse/words.ts'
import { type CrateType, crateName, useCrateTypes } from './crate-counts.tsx'
import './texts.ts'

type Move = Reply<'crates.statement'>['items'][number]

/** A party's crates of a hub, move by move, newest first. */
export function CrateStatement({ hubId, partyId }: { hubId: string; partyId: string }) {
  const types = useCrateTypes()
  const { items, more, query } = usePages('crates.statement', { params: { hubId }, query: { partyId } })
  return (
    <Loaded
      query={query}
      empty={{
        when: () => items.length === 0,
        show: <EmptyState icon="box" title={t('crates.statementNone')} />,
      }}
    >
      {() => (
        <DataTable
          label={t('crates.statement')}
          rows={items}
          rowKey={(move) => move.id}
          more={more}
          columns={columns(new Map(types.map((type) => [type.id, type])))}
        />
      )}
    </Loaded>
  )
}

const columns = (types: ReadonlyMap<string, CrateType>): Column<Move>[] => [
  { key: 'at', head: t('crates.when'), cell: (move) => momentWords(move.at) },
  {
    key: 'kind',
    head: t('crates.what'),
    cell: (move) => (
      <span>
        <b>{textOf(`crates.move.${move.kind}`, move.kind)}</b>{' '}
        <span className="muted small">{textOf(`crates.why.${move.reason}`, move.reason)}</span>
      </span>
    ),
  },
  {
    key: 'other',
    head: t('crates.other'),
    cell: (move) => (move.other ? move.other.name || t('crates.someDriver') : t('crates.outside')),
  },
  {
    key: 'type',
    head: t('crates.type'),
    cell: (move) => {
      const type = types.get(move.typeId)
      return type ? crateName(type) : ''
    },
  },
  {
    key: 'change',
    head: t('crates.change'),
    end: true,
    cell: (move) => <b className="num">{move.change > 0 ? `+${move.change}` : `−${-move.change}`}</b>,
  },
  { key: 'balance', head: t('crates.balance'), end: true, cell: (move) => move.balance },
  { key: 'about', head: t('crates.about'), cell: (move) => move.about },
  { key: 'person', head: t('crates.by'), cell: (move) => move.person },
]
