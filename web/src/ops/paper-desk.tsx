import { useState } from 'react'
import { useSearchParams } from 'wouter'
import { t } from '../app/i18n.ts'
import { useLive } from '../app/live.ts'
import { useAct, usePages } from '../app/query.ts'
import { useMay } from '../app/session.ts'
import { Badge } from '../kit/badge.tsx'
import { Button } from '../kit/button.tsx'
import { Segmented } from '../kit/choose.tsx'
import { Drawer } from '../kit/dialog.tsx'
import { TextArea, TextField } from '../kit/field.tsx'
import { Icon } from '../kit/icon.tsx'
import { FilterBar, PageHeader } from '../kit/page.tsx'
import { EmptyState, ErrorState, Note, ProblemNote, Skeleton } from '../kit/states.tsx'
import { type Column, DataTable } from '../kit/table.tsx'
import { toast } from '../kit/toast.tsx'
import { PaperFacts } from '../papers/paper.tsx'
import { type Paper, Standing } from '../papers/papers.tsx'
import { dayWords, paperName } from '../papers/words.ts'
import '../papers/papers.css'
import '../papers/texts.ts'

const views = ['review', 'expiring', 'verify', 'all'] as const
type View = (typeof views)[number]
const isView = (text: string | null): text is View => (views as readonly (string | null)[]).includes(text)

/** The review desk: what waits, what runs out, what is to be checked again; a paper opens beside the list. */
export function PaperDesk() {
  const [search, setSearch] = useSearchParams()
  const asked = search.get('view')
  const view = isView(asked) ? asked : 'review'
  const [openId, setOpenId] = useState<string | null>(null)
  const { query, items, more, first } = usePages('papers.list', { query: { view, limit: 100 } })
  useLive(['paper.'], ['papers.'])
  const open = items.find((paper) => paper.id === openId)
  const count = (one: View) => (one === 'all' ? '' : ` ${first?.counts[one] ?? ''}`)
  return (
    <>
      <PageHeader title={t('papers.desk.title')}>
        <a className="papers-link" href="/api/sellers/register/xlsx">
          <Icon name="download" size={18} />
          {t('papers.desk.register')}
        </a>
      </PageHeader>
      <FilterBar>
        <Segmented
          label={t('kit.filters')}
          value={view}
          options={views.map((one) => ({ value: one, label: `${t(`papers.desk.${one}`)}${count(one)}` }))}
          onPick={(picked) => setSearch({ view: picked }, { replace: true })}
        />
      </FilterBar>
      {query.error && items.length === 0 ? (
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
      ) : query.isPending ? (
        <Skeleton />
      ) : items.length === 0 ? (
        <EmptyState icon="shield" title={emptyText(view)} />
      ) : (
        <DataTable
          label={t('papers.desk.title')}
          rows={items}
          rowKey={(paper) => paper.id}
          more={more}
          columns={columns(setOpenId)}
        />
      )}
      {open && <Review key={open.version} paper={open} onClose={() => setOpenId(null)} />}
    </>
  )
}

function emptyText(view: View): string {
  if (view === 'review') return t('papers.desk.noneReview')
  if (view === 'expiring') return t('papers.desk.noneExpiring')
  return view === 'verify' ? t('papers.desk.noneVerify') : t('papers.none')
}

const columns = (onOpen: (id: string) => void): Column<Paper>[] => [
  {
    key: 'kind',
    head: t('papers.kind'),
    cell: (paper) => (
      <Button tone="quiet" onClick={() => onOpen(paper.id)}>
        {paperName(paper.kind)}
      </Button>
    ),
  },
  { key: 'holder', head: t('papers.desk.holder'), cell: (paper) => paper.holder },
  { key: 'number', head: t('papers.number'), cell: (paper) => paper.number },
  { key: 'last', head: t('papers.validTo'), cell: (paper) => dayWords(paper.lastDay) },
  {
    key: 'standing',
    head: t('papers.desk.standing'),
    cell: (paper) => (
      <span className="row">
        <Standing paper={paper} />
        {paper.verifyOverdue && <Badge tone="warn">{t('papers.verifyOverdue')}</Badge>}
      </span>
    ),
  },
]

/** Numbers whose form and check digit were proved when the paper was handed in. */
const proved: readonly string[] = [
  'business_licence',
  'production_licence',
  'trading_licence',
  'prepackaged_filing',
]

/** One paper on the desk, with what may be decided. */
function Review({ paper, onClose }: { paper: Paper; onClose: () => void }) {
  const may = useMay()
  const [note, setNote] = useState('')
  const [confirmedOn, setConfirmedOn] = useState('')
  const [taken, setTaken] = useState<'approve' | 'refuse' | 'verify' | 'revoke'>('approve')
  const review = useAct('papers.review', {
    changes: ['papers.list', 'papers.needs'],
    onDone: () => {
      toast(t(`papers.desk.done.${taken}`))
      onClose()
    },
  })
  const decide = (decision: typeof taken) => {
    setTaken(decision)
    const body = { decision, note, confirmedOn: confirmedOn || null, version: paper.version }
    review.mutate({ params: { id: paper.id }, body })
  }
  const silent = note.trim() === '' ? t('papers.desk.note') : undefined
  const waits = paper.standing === 'pending'
  const counts = ['valid', 'expiring', 'expired', 'upcoming'].includes(paper.standing)
  const foot = may('paper.review') && (waits || counts) && (
    <>
      <Button
        tone="danger"
        busy={review.isPending}
        refused={silent}
        onClick={() => decide(waits ? 'refuse' : 'revoke')}
      >
        {waits ? t('papers.desk.refuse') : t('papers.desk.revoke')}
      </Button>
      <Button tone="main" busy={review.isPending} onClick={() => decide(waits ? 'approve' : 'verify')}>
        {waits ? t('papers.desk.approve') : t('papers.desk.verifyNow')}
      </Button>
    </>
  )
  return (
    <Drawer open onClose={onClose} title={`${paperName(paper.kind)} · ${paper.holder}`} foot={foot}>
      <div className="stack">
        <div className="row">
          <Standing paper={paper} />
          {paper.isSample && <Badge>{t('app.sampleMark')}</Badge>}
        </div>
        <Note tone={proved.includes(paper.kind) ? 'good' : 'info'}>
          {t('papers.desk.checked')}：
          {proved.includes(paper.kind) ? t('papers.desk.checkedOk') : t('papers.desk.checkedNot')}
        </Note>
        <PaperFacts paper={paper} />
        {paper.reviewNote && (
          <p>
            {t('papers.reviewNote')}：{paper.reviewNote}
          </p>
        )}
        <ProblemNote error={review.error} />
        {may('paper.review') && (waits || counts) && (
          <>
            {paper.kind === 'named_special' && (
              <TextField
                label={t('papers.confirmedOn')}
                hint={t('papers.confirmedHint')}
                optional
                type="date"
                value={confirmedOn}
                onText={setConfirmedOn}
              />
            )}
            <TextArea label={t('papers.desk.note')} maxLength={200} value={note} onText={setNote} />
            {counts && <p className="muted small">{t('papers.desk.revokeText')}</p>}
          </>
        )}
      </div>
    </Drawer>
  )
}
