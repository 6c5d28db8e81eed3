import { instantText } from '@huming/shared/days'
import { useState } from 'react'
import { useLocation, useParams } from 'wouter'
import { comma, locale, t } from '../app/i18n.ts'
import { useAct, useApi } from '../app/query.ts'
import { useMay } from '../app/session.ts'
import { useSupplier } from '../coop/scope.tsx'
import { Badge } from '../kit/badge.tsx'
import { Button } from '../kit/button.tsx'
import { ConfirmButton } from '../kit/dialog.tsx'
import { Card, Facts, PageHeader } from '../kit/page.tsx'
import { ErrorState, Loaded, Note } from '../kit/states.tsx'
import { toast, toastProblem } from '../kit/toast.tsx'
import { FileLink } from './file-field.tsx'
import { PaperForm } from './paper-form.tsx'
import { type Paper, Standing } from './papers.tsx'
import { dayWords, paperName, scopeName } from './words.ts'
import './texts.ts'

/** One paper of the supplier: what it says, its standing, and what may be done with it. */
export function PaperPage() {
  const { id = '' } = useParams<{ id: string }>()
  const { orgId } = useSupplier()
  const papers = useApi('papers.list', { query: { orgId, limit: 200 } })
  return (
    <Loaded query={papers}>
      {({ items }) => {
        const paper = items.find((one) => one.id === id)
        return paper ? <PaperView key={paper.version} paper={paper} /> : <ErrorState error={null} />
      }}
    </Loaded>
  )
}

/** A new paper: which kind, then what it says. */
export function NewPaper() {
  const { to } = useSupplier()
  const [, go] = useLocation()
  return (
    <>
      <PageHeader title={t('papers.add')} back={to('/papers')} />
      <div className="papers-page">
        <PaperForm onDone={() => go(to('/papers'))} />
      </div>
    </>
  )
}

function PaperView({ paper }: { paper: Paper }) {
  const { to } = useSupplier()
  const [writing, setWriting] = useState<'edit' | 'renew' | null>(null)
  const [, go] = useLocation()
  return (
    <>
      <PageHeader
        title={paperName(paper.kind)}
        back={to('/papers')}
        sub={
          <>
            <Standing paper={paper} />
            {paper.isSample && <Badge>{t('app.sampleMark')}</Badge>}
          </>
        }
      />
      <div className="stack papers-page">
        {paper.reviewNote && (
          <Note tone={paper.standing === 'refused' || paper.standing === 'revoked' ? 'bad' : 'info'}>
            {t('papers.reviewNote')}：{paper.reviewNote}
          </Note>
        )}
        {writing ? (
          <PaperForm
            from={paper}
            renewal={writing === 'renew'}
            onDone={() => (writing === 'renew' ? go(to('/papers')) : setWriting(null))}
          />
        ) : (
          <Card>
            <PaperFacts paper={paper} />
            <PaperActions paper={paper} onWrite={setWriting} />
          </Card>
        )}
      </div>
    </>
  )
}

/** What a paper says and what was decided of it. */
export function PaperFacts({ paper }: { paper: Paper }) {
  return (
    <Facts
      of={[
        [t('papers.about'), paper.about],
        [t('papers.number'), paper.number],
        [t('papers.issuer'), paper.issuer || null],
        [
          t('papers.scope'),
          paper.scope.length > 0 ? paper.scope.map((one) => scopeName(paper.kind, one)).join(comma()) : null,
        ],
        [t('papers.products'), paper.products.length > 0 ? paper.products.join(comma()) : null],
        [
          t('papers.valid'),
          t('papers.validSpan', { from: dayWords(paper.validFrom), to: dayWords(paper.validTo) }),
        ],
        [t('papers.confirmedOn'), paper.confirmedOn && dayWords(paper.confirmedOn)],
        [t('papers.verifyDue'), paper.verifyDueOn && dayWords(paper.verifyDueOn)],
        [t('papers.file'), paper.fileId ? <FileLink key="file" id={paper.fileId} /> : t('papers.noFile')],
        [
          t('papers.standing.pending'),
          paper.standing === 'pending' && paper.submittedAt
            ? t('papers.sent', { at: instantText(new Date(paper.submittedAt), locale()) })
            : null,
        ],
      ]}
    />
  )
}

function PaperActions({ paper, onWrite }: { paper: Paper; onWrite: (what: 'edit' | 'renew') => void }) {
  const may = useMay()
  const { standing } = paper
  const withdraw = useAct('papers.withdraw', {
    changes: ['papers.list', 'papers.needs'],
    onDone: () => toast(t('papers.withdrawn')),
  })
  if (!may('paper.write')) return null
  const open = standing === 'pending' || standing === 'refused'
  const runs = standing === 'valid' || standing === 'expiring' || standing === 'expired'
  return (
    <div className="row">
      {open && (
        <Button tone="main" icon="edit" onClick={() => onWrite('edit')}>
          {t('papers.edit')}
        </Button>
      )}
      {runs && (
        <Button tone="main" icon="repeat" onClick={() => onWrite('renew')}>
          {t('papers.renew')}
        </Button>
      )}
      {(open || runs || standing === 'upcoming') && (
        <ConfirmButton
          label={t('papers.withdraw')}
          title={t('papers.withdraw')}
          text={<p>{t('papers.withdrawText')}</p>}
          onConfirm={() =>
            withdraw
              .mutateAsync({ params: { id: paper.id }, body: { version: paper.version } })
              .catch(toastProblem)
          }
        />
      )}
    </div>
  )
}
