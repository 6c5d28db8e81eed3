import { newId } from '@huming/shared/ids'
import { useState } from 'react'
import { useSearchParams } from 'wouter'
import { ApiProblem, type Reply } from '../app/api.ts'
import { t, textOf } from '../app/i18n.ts'
import { useAct, usePages } from '../app/query.ts'
import { useMay } from '../app/session.ts'
import { dayWords } from '../coop/words.ts'
import { Badge } from '../kit/badge.tsx'
import { Button } from '../kit/button.tsx'
import { SearchBox } from '../kit/choose.tsx'
import { Dialog } from '../kit/dialog.tsx'
import { Field, TextArea, TextField } from '../kit/field.tsx'
import { FilterBar, PageHeader } from '../kit/page.tsx'
import { EmptyState, Loaded, Note, ProblemNote } from '../kit/states.tsx'
import { type Column, DataTable } from '../kit/table.tsx'
import { toast } from '../kit/toast.tsx'
import { readFigures } from './read-figures.ts'
import { unitPriceText } from './why.ts'
import './texts.ts'

type Figure = Reply<'pricing.listReferences'>['items'][number]

/** Wholesale prices of the day that contracts follow, and where they are imported. */
export function References() {
  const may = useMay()
  const [search, setSearch] = useSearchParams()
  const [importing, setImporting] = useState(false)
  const text = search.get('q') ?? undefined
  const { items, more, query } = usePages('pricing.listReferences', { query: { search: text } })
  return (
    <>
      <PageHeader title={t('reference.title')}>
        {may('reference.write') && (
          <Button tone="main" icon="upload" onClick={() => setImporting(true)}>
            {t('reference.import')}
          </Button>
        )}
      </PageHeader>
      <div className="stack">
        <FilterBar>
          <SearchBox
            label={t('reference.search')}
            value={text ?? ''}
            onSearch={(q) => setSearch(q ? { q } : {}, { replace: true })}
          />
        </FilterBar>
        <Loaded
          query={query}
          empty={{
            when: () => items.length === 0,
            show: <EmptyState icon="chart" title={t('reference.none')} text={t('reference.noneHint')} />,
          }}
        >
          {() => (
            <DataTable
              label={t('reference.title')}
              rows={items}
              rowKey={(one) => one.id}
              columns={columns()}
              more={more}
            />
          )}
        </Loaded>
      </div>
      {importing && <ImportDialog onClose={() => setImporting(false)} />}
    </>
  )
}

const price = (centifen: number | null, per: number) =>
  centifen === null ? '—' : unitPriceText(centifen, per === 500 ? 'jin' : per === 1000 ? 'kg' : `${per}`)

const columns = (): Column<Figure>[] => [
  {
    key: 'product',
    head: t('reference.product'),
    cell: (one) => (
      <>
        <b>{one.product}</b> {one.grade} {one.isSample && <Badge>{t('app.sampleMark')}</Badge>}
      </>
    ),
  },
  { key: 'market', head: t('reference.market'), cell: (one) => one.market },
  { key: 'day', head: t('reference.day'), cell: (one) => dayWords(one.day) },
  { key: 'low', head: t('reference.low'), end: true, cell: (one) => price(one.lowCentifen, one.per) },
  {
    key: 'average',
    head: t('reference.average'),
    end: true,
    cell: (one) => <b>{price(one.averageCentifen, one.per)}</b>,
  },
  { key: 'high', head: t('reference.high'), end: true, cell: (one) => price(one.highCentifen, one.per) },
  { key: 'source', head: t('reference.source'), cell: (one) => <span className="small">{one.source}</span> },
]

function ImportDialog({ onClose }: { onClose: () => void }) {
  const [id] = useState(newId)
  const [source, setSource] = useState('')
  const [text, setText] = useState('')
  const { figures, bad } = readFigures(text)
  const write = useAct('pricing.importReferences', {
    changes: ['pricing.listReferences'],
    onDone: ({ imported, pricesMoved }) => {
      toast(t('reference.done', { imported, moved: pricesMoved }))
      onClose()
    },
  })
  const ready = source.trim().length > 1 && figures.length > 0 && bad.length === 0
  const foot = (
    <Button
      tone="main"
      busy={write.isPending}
      refused={ready ? undefined : t('reference.rows', { count: figures.length })}
      onClick={() => write.mutate({ params: { id }, body: { source, rows: figures } })}
    >
      {t('reference.import')}
    </Button>
  )
  return (
    <Dialog open onClose={onClose} title={t('reference.import')} foot={foot}>
      <div className="stack">
        <ProblemNote error={write.error} />
        <RowFlaws error={write.error} />
        <TextField
          label={t('reference.source')}
          hint={t('reference.sourceHint')}
          maxLength={120}
          value={source}
          onText={setSource}
        />
        <TextArea
          label={t('reference.paste')}
          hint={t('reference.pasteHint')}
          rows={8}
          value={text}
          onText={setText}
        />
        <Field label={t('reference.file')} optional>
          {(wired) => (
            <input
              {...wired}
              className="k-input"
              type="file"
              accept=".csv,.txt,text/csv,text/plain"
              onChange={(event) => void event.target.files?.[0]?.text().then(setText)}
            />
          )}
        </Field>
        {text !== '' && <Note>{t('reference.rows', { count: figures.length })}</Note>}
        {bad.slice(0, 5).map((row) => (
          <Note key={row.n} tone="bad">
            {t('reference.badRow', row)}
          </Note>
        ))}
      </div>
    </Dialog>
  )
}

/** What the door found wrong, row by row. */
function RowFlaws({ error }: { error: unknown }) {
  const pointers = error instanceof ApiProblem ? (error.problem.pointers ?? []) : []
  return pointers.slice(0, 5).map(({ pointer, reason }) => (
    <Note key={pointer} tone="bad">
      {t('reference.flaw', {
        n: Number(/\/rows\/(\d+)/.exec(pointer)?.[1] ?? 0) + 1,
        reason: textOf(`reference.flaw.${reason}`, reason),
      })}
    </Note>
  ))
}
