import { newId } from '@huming/shared/ids'
import { BIN_KIND_IDS, type BinKind } from '@huming/shared/reference/bins'
import { ZONE_IDS, type Zone } from '@huming/shared/reference/zones'
import { useState } from 'react'
import { useSearchParams } from 'wouter'
import type { Reply } from '../app/api.ts'
import { t } from '../app/i18n.ts'
import { useAct, usePages } from '../app/query.ts'
import { useMay } from '../app/session.ts'
import { Badge } from '../kit/badge.tsx'
import { Button, LinkButton } from '../kit/button.tsx'
import { SearchBox } from '../kit/choose.tsx'
import { ConfirmButton, Dialog } from '../kit/dialog.tsx'
import { Checkbox, Select, TextField } from '../kit/field.tsx'
import { NumberField } from '../kit/number-field.tsx'
import { FilterBar, PageHeader } from '../kit/page.tsx'
import { EmptyState, Loaded, ProblemNote } from '../kit/states.tsx'
import { type Column, DataTable } from '../kit/table.tsx'
import { toastProblem } from '../kit/toast.tsx'
import { HubChoice, useHub } from '../warehouse/use-hub.tsx'
import { momentWords, zoneName } from '../warehouse/words.ts'
import { kindName, kindTone } from './goods.tsx'
import './texts.ts'

export type Bin = Reply<'storing.listBins'>['items'][number]

export const zoneOptions = () => ZONE_IDS.map((value) => ({ value, label: zoneName(value) }))
export const kindOptions = () => BIN_KIND_IDS.map((value) => ({ value, label: kindName(value) }))

/** All bins of the hub in walking order; the lead opens and closes them and prints their labels. */
export function Bins() {
  const hub = useHub()
  const may = useMay()
  const [search, setSearch] = useSearchParams()
  const [opening, setOpening] = useState(false)
  const filter = {
    zone: (search.get('zone') ?? undefined) as Zone | undefined,
    kind: (search.get('kind') ?? undefined) as BinKind | undefined,
    search: search.get('q') ?? undefined,
    closed: search.get('closed') ?? undefined,
  }
  const set = (key: string, value: string) =>
    setSearch(
      (before) => {
        const next = new URLSearchParams(before)
        if (value) next.set(key, value)
        else next.delete(key)
        return next
      },
      { replace: true },
    )
  const { items, more, query } = usePages('storing.listBins', {
    query: { hubId: hub.hubId || undefined, ...filter },
  })
  return (
    <>
      <PageHeader title={t('stores.bins.title')} back="/stores">
        <HubChoice {...hub} />
        <LinkButton to={`/stores/bins/labels?${search.toString()}`} size="l" icon="print">
          {t('stores.bins.labels')}
        </LinkButton>
        {may('bin.write') && (
          <Button size="l" tone="main" icon="plus" onClick={() => setOpening(true)}>
            {t('stores.bins.new')}
          </Button>
        )}
      </PageHeader>
      <FilterBar>
        <SearchBox
          label={t('stores.bins.search')}
          value={filter.search ?? ''}
          onSearch={(q) => set('q', q)}
        />
        <Select
          label={t('warehouse.zone')}
          hideLabel
          value={filter.zone ?? ''}
          placeholder={t('warehouse.allZones')}
          options={[{ value: '' as Zone, label: t('warehouse.allZones') }, ...zoneOptions()]}
          onPick={(zone) => set('zone', zone)}
        />
        <Select
          label={t('stores.kind')}
          hideLabel
          value={filter.kind ?? ''}
          placeholder={t('stores.all')}
          options={[{ value: '' as BinKind, label: t('stores.all') }, ...kindOptions()]}
          onPick={(kind) => set('kind', kind)}
        />
        <Checkbox
          label={t('stores.bins.showClosed')}
          checked={filter.closed === 'true'}
          onCheck={(on) => set('closed', on ? 'true' : '')}
        />
      </FilterBar>
      <Loaded
        query={query}
        empty={{
          when: () => items.length === 0,
          show: <EmptyState icon="pin" title={t('stores.bins.none')} />,
        }}
      >
        {() => (
          <DataTable
            label={t('stores.bins.title')}
            rows={items}
            rowKey={(bin) => bin.id}
            more={more}
            columns={columns(may('bin.write'))}
          />
        )}
      </Loaded>
      {opening && <NewBin hubId={hub.hubId} onClose={() => setOpening(false)} />}
    </>
  )
}

function columns(mayWrite: boolean): Column<Bin>[] {
  const all: Column<Bin>[] = [
    {
      key: 'code',
      head: t('stores.bin'),
      cell: (bin) => (
        <span className="row">
          <b className="wh-code-s">{bin.code}</b>
          {bin.closedAt && <Badge tone="bad">{t('stores.bins.closed')}</Badge>}
        </span>
      ),
    },
    {
      key: 'kind',
      head: t('stores.kind'),
      cell: (bin) => <Badge tone={kindTone(bin.kind)}>{kindName(bin.kind)}</Badge>,
    },
    { key: 'zone', head: t('warehouse.zone'), cell: (bin) => zoneName(bin.zone) },
    { key: 'lots', head: t('stores.bins.lots'), end: true, cell: (bin) => bin.lots },
    { key: 'sequence', head: t('stores.bins.sequence'), end: true, cell: (bin) => bin.sequence },
    {
      key: 'counted',
      head: t('stores.bins.counted'),
      cell: (bin) =>
        bin.countedAt ? momentWords(bin.countedAt) : <span className="muted">{t('stores.bins.never')}</span>,
    },
  ]
  return mayWrite
    ? [...all, { key: 'close', head: t('stores.bins.close'), cell: (bin) => <CloseBin bin={bin} /> }]
    : all
}

function CloseBin({ bin }: { bin: Bin }) {
  const close = useAct('storing.closeBin', { changes: ['storing.listBins'] })
  const set = (closed: boolean) =>
    close.mutate({ params: { id: bin.id }, body: { closed } }, { onError: toastProblem })
  if (bin.closedAt)
    return (
      <Button busy={close.isPending} onClick={() => set(false)}>
        {t('stores.bins.reopen')}
      </Button>
    )
  return (
    <ConfirmButton
      label={t('stores.bins.close')}
      title={`${t('stores.bins.close')} ${bin.code}`}
      text={t('stores.bins.closeText')}
      busy={close.isPending}
      onConfirm={() => set(true)}
    />
  )
}

function NewBin({ hubId, onClose }: { hubId: string; onClose: () => void }) {
  const [id] = useState(newId)
  const [code, setCode] = useState('')
  const [zone, setZone] = useState<Zone>('frozen')
  const [kind, setKind] = useState<BinKind>('reserve')
  const [sequence, setSequence] = useState<number | null>(100)
  const write = useAct('storing.writeBin', { changes: ['storing.listBins'], onDone: onClose })
  const plain = code.normalize('NFKC').toUpperCase().trim()
  const send = () =>
    write.mutate({ params: { id }, body: { hubId, code: plain, zone, kind, sequence: sequence ?? 0 } })
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('stores.bins.new')}
      foot={
        <Button
          tone="main"
          size="l"
          full
          busy={write.isPending}
          refused={/^[A-Z0-9][A-Z0-9-]{1,19}$/.test(plain) ? undefined : t('stores.bins.codeHint')}
          onClick={send}
        >
          {t('stores.bins.new')}
        </Button>
      }
    >
      <div className="stack">
        <p className="muted">{t('stores.bins.fixedHint')}</p>
        <TextField
          label={t('stores.bins.code')}
          hint={t('stores.bins.codeHint')}
          size="l"
          maxLength={20}
          value={code}
          onText={setCode}
        />
        <Select label={t('warehouse.zone')} size="l" value={zone} options={zoneOptions()} onPick={setZone} />
        <Select label={t('stores.kind')} size="l" value={kind} options={kindOptions()} onPick={setKind} />
        <NumberField
          label={t('stores.bins.sequence')}
          size="l"
          value={sequence}
          max={999_999}
          onNumber={setSequence}
        />
        <ProblemNote error={write.error} />
      </div>
    </Dialog>
  )
}
