import { useState } from 'react'
import { useSearchParams } from 'wouter'
import type { Reply } from '../app/api.ts'
import { t } from '../app/i18n.ts'
import { useLive } from '../app/live.ts'
import { usePages } from '../app/query.ts'
import { useMay } from '../app/session.ts'
import { crateName, useCrateTypes } from '../crates/crate-counts.tsx'
import { CrateStatement } from '../crates/statement.tsx'
import { Money } from '../kit/amount.tsx'
import { Badge } from '../kit/badge.tsx'
import { Button } from '../kit/button.tsx'
import { SearchBox, Segmented } from '../kit/choose.tsx'
import { Drawer } from '../kit/dialog.tsx'
import { Card, FilterBar, PageHeader } from '../kit/page.tsx'
import { useScanner } from '../kit/scan-box.tsx'
import { EmptyState, Loaded, LoadMore } from '../kit/states.tsx'
import { CorrectDrawer, HandOverDrawer } from './crate-drawers.tsx'
import { HubChoice, useHub } from './use-hub.tsx'
import { momentWords } from './words.ts'
import '../crates/texts.ts'

export type Party = Reply<'crates.balances'>['hub']
type Opened = { what: 'handOver' | 'correct' | 'statement'; party: Party } | null
const kinds = ['all', 'driver', 'org'] as const

/** Who has how many crates: hand them over, take them in, write them off. */
export function Crates() {
  const hub = useHub()
  const { hubId } = hub
  const [search, setSearch] = useSearchParams()
  const text = search.get('q') ?? ''
  const kind = kinds.find((one) => one === search.get('kind')) ?? 'all'
  const [opened, setOpened] = useState<Opened>(null)
  useLive(['crates.'], ['crates.balances', 'crates.statement'])
  const set = (part: { q?: string; kind?: string }) => {
    const next = { q: text, kind, ...part }
    setSearch(
      { ...(next.q && { q: next.q }), ...(next.kind !== 'all' && { kind: next.kind }) },
      { replace: true },
    )
  }
  useScanner((code) => set({ q: code }))
  const query = { ...(kind !== 'all' && { kind }), search: text || undefined }
  const list = usePages('crates.balances', { params: { hubId }, query }, { enabled: hubId !== '' })
  const first = list.query.data?.pages[0]
  const close = () => setOpened(null)
  return (
    <>
      <PageHeader title={t('crates.title')}>
        <HubChoice {...hub} />
      </PageHeader>
      <div className="stack">
        {first && <Ours party={first.hub} outside={first.outside} open={setOpened} />}
        <FilterBar>
          <SearchBox label={t('crates.search')} value={text} onSearch={(q) => set({ q })} />
          <Segmented
            label={t('crates.kindOf')}
            value={kind}
            options={kinds.map((value) => ({ value, label: t(`crates.kind.${value}`) }))}
            onPick={(value) => set({ kind: value })}
          />
        </FilterBar>
        <Loaded
          query={list.query}
          empty={{
            when: () => list.items.length === 0,
            show: <EmptyState icon="box" title={t(text ? 'crates.notFound' : 'crates.none')} />,
          }}
        >
          {() => (
            <ul className="cards" style={{ ['--card' as string]: '320px' }}>
              {list.items.map((party) => (
                <li key={party.id}>
                  <PartyCard party={party} open={setOpened} />
                </li>
              ))}
            </ul>
          )}
        </Loaded>
        <LoadMore more={list.more} size="l" />
      </div>
      {opened?.what === 'handOver' && <HandOverDrawer hubId={hubId} party={opened.party} onClose={close} />}
      {opened?.what === 'correct' && <CorrectDrawer hubId={hubId} party={opened.party} onClose={close} />}
      {opened?.what === 'statement' && (
        <Drawer open onClose={close} title={`${opened.party.name} · ${t('crates.statement')}`}>
          <CrateStatement hubId={hubId} partyId={opened.party.id} />
        </Drawer>
      )}
    </>
  )
}

type CardProps = { party: Party; open: (opened: Opened) => void }

function Ours({ party, outside, open }: CardProps & { outside: number }) {
  const may = useMay()
  return (
    <Card
      title={t('crates.ours')}
      side={<b className="wh-loud">{t('crates.total', { count: party.total })}</b>}
    >
      <div className="row">
        <Counts party={party} />
        <span className="muted">{t('crates.out', { count: outside })}</span>
      </div>
      <div className="row">
        <Button size="l" icon="list" onClick={() => open({ what: 'statement', party })}>
          {t('crates.statement')}
        </Button>
        {may('crate.writeOff') && (
          <Button size="l" icon="edit" onClick={() => open({ what: 'correct', party })}>
            {t('crates.correct')}
          </Button>
        )}
      </div>
    </Card>
  )
}

function PartyCard({ party, open }: CardProps) {
  const may = useMay()
  return (
    <div className="wh-card">
      <span className="row spread">
        <b className="wh-loud">{party.name}</b>
        <b className="wh-loud num">{t('crates.total', { count: party.total })}</b>
      </span>
      <span className="row">
        <Badge tone="plain">{t(`crates.kind.${party.kind === 'driver' ? 'driver' : 'org'}`)}</Badge>
        <Counts party={party} />
      </span>
      <span className="row spread muted">
        <span>
          {t('crates.deposit')} <Money fen={party.depositFen} />
        </span>
        {party.lastAt && <span>{t('crates.last', { at: momentWords(party.lastAt) })}</span>}
      </span>
      <span className="row">
        {may('crate.write') && (
          <Button size="l" tone="main" icon="repeat" onClick={() => open({ what: 'handOver', party })}>
            {t('crates.handOver')}
          </Button>
        )}
        <Button size="l" icon="list" onClick={() => open({ what: 'statement', party })}>
          {t('crates.statement')}
        </Button>
        {may('crate.writeOff') && party.total > 0 && (
          <Button size="l" icon="edit" onClick={() => open({ what: 'correct', party })}>
            {t('crates.correct')}
          </Button>
        )}
      </span>
    </div>
  )
}

function Counts({ party }: { party: Party }) {
  const types = useCrateTypes()
  return (
    <>
      {party.counts.map(({ typeId, count }) => {
        const type = types.find((one) => one.id === typeId)
        return (
          <Badge key={typeId} tone="info">
            {type ? crateName(type) : ''} × {count}
          </Badge>
        )
      })}
    </>
  )
}
