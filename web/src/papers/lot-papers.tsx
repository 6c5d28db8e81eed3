import { useState } from 'react'
import type { Reply } from '../app/api.ts'
import { comma, t } from '../app/i18n.ts'
import { useAct, useApi } from '../app/query.ts'
import { useMay } from '../app/session.ts'
import { Badge } from '../kit/badge.tsx'
import { Button } from '../kit/button.tsx'
import { Dialog } from '../kit/dialog.tsx'
import { TextField } from '../kit/field.tsx'
import { Card } from '../kit/page.tsx'
import { Loaded, Note, ProblemNote } from '../kit/states.tsx'
import { toast } from '../kit/toast.tsx'
import { FileLink } from './file-field.tsx'
import { LotPaperForm } from './lot-paper-form.tsx'
import { baseQuantityText } from './quantity.ts'
import { dayWords, paperName } from './words.ts'
import './papers.css'
import './texts.ts'

export type LotPapersReply = Reply<'lotPapers.list'>
export type LotPaper = LotPapersReply['items'][number]

/** Papers of a lot, what it lacks, and the form for another; the same for supplier and dock. */
export function LotPapers({ lotId, size = 'm' }: { lotId: string; size?: 'm' | 'l' }) {
  const papers = useApi('lotPapers.list', { params: { id: lotId } })
  const may = useMay()
  const [adding, setAdding] = useState(false)
  return (
    <Card
      title={t('papers.lot.title')}
      side={
        may('lot.certify') && (
          <Button icon="plus" size={size} onClick={() => setAdding(true)}>
            {t('papers.lot.add')}
          </Button>
        )
      }
    >
      <Loaded query={papers}>
        {(found) => (
          <div className="stack">
            <Lacks lacks={found.lacks} empty={found.items.length === 0} />
            <ul className="papers-list">
              {found.items.map((paper) => (
                <LotPaperLine key={paper.id} paper={paper} unit={found.baseUnit} size={size} />
              ))}
            </ul>
            {adding && (
              <LotPaperForm
                lotId={lotId}
                quantity={found.quantity}
                baseUnit={found.baseUnit}
                size={size}
                onClose={() => setAdding(false)}
              />
            )}
          </div>
        )}
      </Loaded>
    </Card>
  )
}

/** The sentence that matters at the gate. */
function Lacks({ lacks, empty }: { lacks: LotPapersReply['lacks']; empty: boolean }) {
  const lack = lacks.ship ?? lacks.receive
  if (!lack)
    return empty ? (
      <p className="muted">{t('papers.lot.none')}</p>
    ) : (
      <Note tone="good">{t('papers.lot.complete')}</Note>
    )
  const params = { paper: paperName(lack.paper), why: t(`papers.why.${lack.why}`) }
  return (
    <Note tone="warn">
      {lacks.ship ? t('papers.lot.lacksShip', params) : t('papers.lot.lacksReceive', params)}
    </Note>
  )
}

interface LineProps {
  paper: LotPaper
  unit: LotPapersReply['baseUnit']
  size: 'm' | 'l'
}

function LotPaperLine({ paper, unit, size }: LineProps) {
  const may = useMay()
  const [voiding, setVoiding] = useState(false)
  const { form, voidedAt } = paper
  return (
    <li>
      <div className="papers-line">
        <span className="grow">
          <b>
            {paperName(paper.kind)} {form && <Badge>{t(`papers.lot.form.${form}`)}</Badge>}
          </b>
          <span className="small">
            {paper.number} · {baseQuantityText(paper.quantity, unit)} · {dayWords(paper.issuedOn)}
            {paper.validTo && ` · ${t('papers.lot.validTo')} ${dayWords(paper.validTo)}`}
          </span>
          {form && <span className="muted small">{t(`papers.lot.statement.${form}`)}</span>}
          {paper.basis.length > 0 && (
            <span className="muted small">
              {paper.basis.map((one) => t(`papers.lot.basis.${one}`)).join(comma())}
              {paper.tested && `（${paper.tested}）`}
            </span>
          )}
          <span className="muted small">{[paper.origin, paper.issuer].filter(Boolean).join(' · ')}</span>
          {voidedAt && <Badge tone="bad">{t('papers.lot.voided', { reason: paper.voidReason })}</Badge>}
          {!voidedAt && !paper.counts && <Badge tone="bad">{t('papers.lot.over')}</Badge>}
          {paper.fileId && <FileLink id={paper.fileId} />}
        </span>
        {!voidedAt && may('lot.certify') && (
          <Button tone="quiet" size={size} onClick={() => setVoiding(true)}>
            {t('papers.lot.void')}
          </Button>
        )}
      </div>
      {voiding && <VoidDialog paper={paper} onClose={() => setVoiding(false)} />}
    </li>
  )
}

function VoidDialog({ paper, onClose }: { paper: LotPaper; onClose: () => void }) {
  const [reason, setReason] = useState('')
  const write = useAct('lotPapers.void', {
    changes: ['lotPapers.list', 'stock.readLot'],
    onDone: () => {
      toast(t('papers.lot.voided', { reason }))
      onClose()
    },
  })
  const foot = (
    <Button
      tone="danger"
      busy={write.isPending}
      refused={reason.trim() ? undefined : t('papers.flaw.missing')}
      onClick={() => write.mutate({ params: { id: paper.id }, body: { reason } })}
    >
      {t('papers.lot.void')}
    </Button>
  )
  return (
    <Dialog open onClose={onClose} title={`${t('papers.lot.void')} · ${paper.number}`} foot={foot}>
      <div className="stack">
        <p>{t('papers.lot.voidText')}</p>
        <ProblemNote error={write.error} />
        <TextField
          label={t('papers.lot.voidReason')}
          maxLength={200}
          value={reason}
          onText={setReason}
          autoFocus
        />
      </div>
    </Dialog>
  )
}
