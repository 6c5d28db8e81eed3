import { SEPARATIONS } from '@huming/shared/reference/handling'
import { Link, useLocation, useSearchParams } from 'wouter'
import { ApiProblem, api, type Reply, sentenceOf } from '../app/api.ts'
import { named, t } from '../app/i18n.ts'
import { useLive } from '../app/live.ts'
import { invalidate, useAct, useApi, usePages } from '../app/query.ts'
import { Badge, StatusChip } from '../kit/badge.tsx'
import { Button, LinkButton } from '../kit/button.tsx'
import { Segmented } from '../kit/choose.tsx'
import { PageHeader } from '../kit/page.tsx'
import { ScanBox } from '../kit/scan-box.tsx'
import { EmptyState, Loaded, LoadMore } from '../kit/states.tsx'
import { toast, toastProblem } from '../kit/toast.tsx'
import { HubChoice, useHub } from './use-hub.tsx'
import { dayWords, zoneName } from './words.ts'
import './picking-texts.ts'

type Tote = Reply<'picking.listTotes'>['items'][number]

/** Sealing: scan a tote anywhere, or press its button. */
export function Totes() {
  const hub = useHub()
  const { hubId } = hub
  const [search, setSearch] = useSearchParams()
  const [, go] = useLocation()
  const board = useApi('picking.board', { params: { hubId } }, { enabled: hubId !== '' })
  const waves = (board.data?.waves ?? []).filter((wave) => wave.releasedAt !== null)
  const waveId = (waves.find((wave) => wave.id === search.get('wave')) ?? waves[0])?.id
  const all = search.get('show') === 'all'
  useLive(['tote.', 'pick.', 'wave.'], ['picking.listTotes', 'picking.board'])
  const seal = async (code: string): Promise<true | string> => {
    try {
      const tote = await api('picking.sealTote', { params: { code: lastCode(code) }, body: {} })
      toast(t('warehouse.totes.sealed', { code: tote.code }))
      invalidate('picking.')
      return true
    } catch (error) {
      if (error instanceof ApiProblem && error.code === 'not_found') return t('warehouse.totes.unknown')
      // Not picked or not checked yet: what is to do with it stands on its own page.
      if (
        error instanceof ApiProblem &&
        (error.code === 'tote_unchecked' || error.code === 'tote_unfinished')
      )
        go(`/totes/${encodeURIComponent(lastCode(code))}`)
      if (error instanceof ApiProblem && error.code === 'wrong_state')
        return t('warehouse.totes.sealedAlready')
      return sentenceOf(error)
    }
  }
  return (
    <>
      <PageHeader title={t('warehouse.totes.title')}>
        <HubChoice {...hub} />
        {waveId && (
          <LinkButton to={`/waves/${waveId}/labels`} size="l" icon="print">
            {t('warehouse.wave.labels')}
          </LinkButton>
        )}
      </PageHeader>
      <div className="stack">
        <ScanBox label={t('warehouse.totes.scan')} onCode={seal} />
        {waves.length > 1 && waveId && (
          <Segmented
            label={t('warehouse.waves.title')}
            value={waveId}
            options={waves
              .slice(0, 4)
              .map((wave) => ({ value: wave.id, label: `${dayWords(wave.day)} · ${wave.seq}` }))}
            onPick={(wave) => setSearch({ wave, ...(all && { show: 'all' }) })}
          />
        )}
        <Segmented
          label={t('warehouse.totes.filter')}
          value={all ? 'all' : 'open'}
          options={[
            { value: 'open', label: t('warehouse.totes.todo') },
            { value: 'all', label: t('warehouse.totes.all') },
          ]}
          onPick={(show) => setSearch({ ...(waveId && { wave: waveId }), ...(show === 'all' && { show }) })}
        />
        {waveId && <ToteList key={`${waveId}${all}`} waveId={waveId} all={all} />}
        {board.data && !waveId && <EmptyState icon="box" title={t('warehouse.totes.none')} />}
      </div>
    </>
  )
}

/** The code of a tote in whatever its label holds. */
const lastCode = (scan: string): string =>
  scan
    .trim()
    .toUpperCase()
    .split(/[^A-Z0-9]+/)
    .findLast((part) => part.length > 0) ?? scan

function ToteList({ waveId, all }: { waveId: string; all: boolean }) {
  const query = all ? {} : { status: 'open' as const }
  const { items, more, query: pages } = usePages('picking.listTotes', { params: { id: waveId }, query })
  return (
    <Loaded
      query={pages}
      empty={{
        when: () => items.length === 0,
        show: <EmptyState icon="check" title={t('warehouse.totes.none')} />,
      }}
    >
      {() => (
        <div className="stack">
          <ul className="cards" style={{ ['--card' as string]: '320px' }}>
            {items.map((tote) => (
              <li key={tote.id}>
                <ToteCard tote={tote} />
              </li>
            ))}
          </ul>
          <LoadMore more={more} size="l" />
        </div>
      )}
    </Loaded>
  )
}

function ToteCard({ tote }: { tote: Tote }) {
  const act = useAct('picking.sealTote', {
    changes: ['picking.listTotes', 'picking.board'],
    onDone: () => toast(t('warehouse.totes.sealed', { code: tote.code })),
  })
  return (
    <div className="wh-card" data-done={tote.status !== 'open' ? '' : undefined}>
      <span className="row spread">
        <Link to={`/totes/${tote.code}`} className="wh-code">
          {tote.code}
        </Link>
        <StatusChip of="tote" status={tote.status} />
      </span>
      <span>
        <b>{tote.site}</b> <span className="muted">{tote.orderNumber}</span>
      </span>
      <span className="row">
        <Badge tone="info">{zoneName(tote.zone)}</Badge>
        <Badge>{named(SEPARATIONS[tote.separation])}</Badge>
        {tote.parts > 1 && <Badge>{t('picking.tote.part', { part: tote.part, parts: tote.parts })}</Badge>}
        {tote.status === 'open' && tote.needsCheck && (
          <Badge tone="warn">{t('picking.tote.unchecked')}</Badge>
        )}
        {tote.openTasks > 0 && (
          <Badge tone="warn">{t('warehouse.totes.notDone', { open: tote.openTasks })}</Badge>
        )}
      </span>
      {tote.status === 'open' && (tote.openTasks > 0 || tote.needsCheck) && (
        <LinkButton to={`/totes/${tote.code}`} size="l" icon="right">
          {tote.openTasks === 0 ? t('picking.tote.check') : t('picking.tote.open')}
        </LinkButton>
      )}
      {tote.status === 'open' && tote.openTasks === 0 && !tote.needsCheck && (
        <Button
          size="l"
          tone="main"
          icon="box"
          busy={act.isPending}
          onClick={() => act.mutate({ params: { code: tote.code }, body: {} }, { onError: toastProblem })}
        >
          {t('warehouse.totes.seal')}
        </Button>
      )}
    </div>
  )
}
