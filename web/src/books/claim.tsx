import { useState } from 'react'
import { useParams } from 'wouter'
import type { Reply } from '../app/api.ts'
import { fileAddress } from '../app/files.ts'
import { named, t, textOf } from '../app/i18n.ts'
import { useLive } from '../app/live.ts'
import { useAct, useApi } from '../app/query.ts'
import { useMay } from '../app/session.ts'
import { Money, Quantity } from '../kit/amount.tsx'
import { Badge, StatusChip } from '../kit/badge.tsx'
import { FileLink } from '../kit/button.tsx'
import { ConfirmButton } from '../kit/dialog.tsx'
import { RadioGroup } from '../kit/field.tsx'
import { Card, Facts, PageHeader } from '../kit/page.tsx'
import { Loaded, Note } from '../kit/states.tsx'
import { toastProblem } from '../kit/toast.tsx'
import { Evidence } from './claim-evidence.tsx'
import { DecideClaim } from './decide-claim.tsx'
import './texts.ts'
import { WordDialog } from './word-dialog.tsx'
import { claimReads, kindText, momentText, packingOf, partyText } from './words.ts'

export type Claim = Reply<'claims.read'>
export type ClaimLine = Claim['lines'][number]

/** One claim: goods with photos, what was decided and who bears it; the desk decides here with the evidence beside. */
export function ClaimPage() {
  const { id = '' } = useParams<{ id: string }>()
  const claim = useApi('claims.read', { params: { id } })
  useLive(['claim.'], ['claims.read'])
  return <Loaded query={claim}>{(found) => <ClaimView claim={found} />}</Loaded>
}

function ClaimView({ claim }: { claim: Claim }) {
  const may = useMay()
  const withdraw = useAct('claims.withdraw', { changes: claimReads })
  return (
    <>
      <PageHeader
        title={claim.number}
        back="/claims"
        sub={
          <>
            <StatusChip of="claim" status={claim.status} />
            {claim.decidedHow && (
              <Badge>{claim.decidedHow === 'rule' ? t('claims.byRule') : t('claims.byPerson')}</Badge>
            )}
            {claim.isSample && <Badge>{t('app.sampleMark')}</Badge>}
          </>
        }
      />
      <div className="stack">
        <div className="cards" style={{ ['--card' as string]: '320px' }}>
          <Card title={t('claims.title')}>
            <ClaimFacts claim={claim} />
            {claim.creditNote && may('claim.read') && (
              <div className="stack">
                <b>
                  {t('claims.creditNote')} {claim.creditNote.number} <Money fen={claim.creditNote.totalFen} />
                </b>
                <span className="muted small">
                  <Money fen={claim.creditNote.taxFen} size="s" /> {t('invoices.tax')}
                </span>
                {!may('claim.contest') && (
                  <FileLink href={`/api/credit-notes/${claim.creditNote.id}/pdf`} icon="print">
                    {t('books.export', { format: 'PDF' })}
                  </FileLink>
                )}
              </div>
            )}
            {claim.status === 'sent' && may('claim.write') && (
              <ConfirmButton
                label={t('claims.withdraw')}
                title={t('claims.withdrawAsk')}
                text={t('claims.withdrawText')}
                busy={withdraw.isPending}
                onConfirm={() =>
                  withdraw.mutate({ params: { id: claim.id }, body: {} }, { onError: toastProblem })
                }
              />
            )}
          </Card>
          {claim.lines.map((line) => (
            <LineCard key={line.id} claim={claim} line={line} />
          ))}
          {claim.evidence && <Evidence evidence={claim.evidence} />}
        </div>
        {claim.status === 'sent' && may('claim.decide') && <DecideClaim claim={claim} />}
      </div>
    </>
  )
}

const ClaimFacts = ({ claim }: { claim: Claim }) => (
  <Facts
    of={[
      [t('claims.buyer'), claim.buyer],
      [t('claims.site'), claim.site],
      [t('claims.order'), claim.orderNumber],
      [t('claims.delivered'), momentText(claim.deliveredAt)],
      [t('claims.made'), momentText(claim.saidAt)],
      [t('claims.asked'), <Money key="asked" fen={claim.askedFen} />],
      [
        t('claims.accepted'),
        claim.acceptedFen === null ? null : <Money key="given" fen={claim.acceptedFen} />,
      ],
      [t('claims.note'), claim.note],
      [t('claims.reason'), claim.reason],
    ]}
  />
)

function LineCard({ claim, line }: { claim: Claim; line: ClaimLine }) {
  const may = useMay()
  const packed = packingOf(line)
  const contestable =
    claim.status !== 'sent' &&
    line.responsibleParty === 'supplier' &&
    line.contestedAt === null &&
    claim.contestUntil !== null &&
    new Date(claim.contestUntil) > new Date()
  return (
    <Card
      title={`${named({ zh: line.name, en: line.nameEn })} ${line.spec}`}
      side={<Badge tone="warn">{kindText(line.kind)}</Badge>}
    >
      <span className="muted small">
        {line.supplier} · {t('claims.lot', { code: line.lotCode })}
      </span>
      <span>
        <Quantity base={line.quantity} {...packed} /> <Money fen={line.askedFen} />
      </span>
      <div className="row">
        {line.photoFileIds.map((file) => (
          <a key={file} href={fileAddress(file)} target="_blank" rel="noreferrer">
            <img
              src={fileAddress(file)}
              alt={t('claims.photoAlt')}
              width={96}
              height={96}
              style={{ objectFit: 'cover' }}
            />
          </a>
        ))}
      </div>
      {line.note && <span className="small">{line.note}</span>}
      {line.acceptedQuantity !== null && (
        <b>
          {line.acceptedQuantity === 0 ? (
            t('claims.refused')
          ) : (
            <>
              {t('claims.accepted')} <Quantity base={line.acceptedQuantity} {...packed} />{' '}
              <Money fen={line.acceptedFen} />
            </>
          )}
        </b>
      )}
      {line.responsibleParty && (
        <span>
          {t('claims.party')} {partyText(line.responsibleParty)}
        </span>
      )}
      {line.decisionReason && <span className="small">{line.decisionReason}</span>}
      {line.contestedAt && <Note tone="warn">{t('claims.contested', { reason: line.contestReason })}</Note>}
      {line.contestOutcome && (
        <Note>
          {t(line.contestOutcome === 'upheld' ? 'claims.contestKept' : 'claims.contestChanged', {
            answer: line.contestAnswer,
          })}
        </Note>
      )}
      {line.proposal && claim.status === 'sent' && (
        <span className="small">
          {t('claims.proposal', {
            party: partyText(line.proposal.party),
            why: line.proposal.why.map((code) => textOf(`claims.why.${code}`, code)).join(' '),
          })}
          <br />
          {t('claims.rule', { source: line.proposal.ruleSource })}
        </span>
      )}
      {contestable && may('claim.contest') && <Contest claim={claim} line={line} />}
      {line.contestedAt && !line.contestOutcome && may('claim.decide') && (
        <Answer claim={claim} line={line} />
      )}
    </Card>
  )
}

function Contest({ claim, line }: { claim: Claim; line: ClaimLine }) {
  const act = useAct('claims.contest', { changes: claimReads })
  return (
    <>
      <WordDialog
        label={t('claims.contest')}
        ask={t('claims.contestReason')}
        busy={act.isPending}
        error={act.error}
        onSend={(reason, onSuccess) =>
          act.mutate({ params: { id: claim.id }, body: { lineId: line.id, reason } }, { onSuccess })
        }
      />
      <span className="muted small">
        {t('claims.contestUntil', { at: momentText(claim.contestUntil ?? '') })}
      </span>
    </>
  )
}

const parties = ['supplier', 'hub', 'carrier', 'nobody'] as const

function Answer({ claim, line }: { claim: Claim; line: ClaimLine }) {
  const [party, setParty] = useState<(typeof parties)[number]>('supplier')
  const act = useAct('claims.answerContest', { changes: claimReads })
  return (
    <WordDialog
      tone="main"
      label={t('claims.answer')}
      ask={t('claims.answerText')}
      busy={act.isPending}
      error={act.error}
      onSend={(answer, onSuccess) =>
        act.mutate({ params: { id: claim.id }, body: { lineId: line.id, party, answer } }, { onSuccess })
      }
    >
      <RadioGroup
        label={t('claims.party')}
        value={party}
        options={parties.map((value) => ({ value, label: partyText(value) }))}
        onPick={setParty}
      />
    </WordDialog>
  )
}
