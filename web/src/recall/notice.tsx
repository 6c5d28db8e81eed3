import { instantText } from '@huming/shared/days'
import { useState } from 'react'
import { useParams } from 'wouter'
import type { Reply } from '../app/api.ts'
import { fileAddress } from '../app/files.ts'
import { locale, named, t } from '../app/i18n.ts'
import { useAct, useApi } from '../app/query.ts'
import { useMay } from '../app/session.ts'
import { Badge } from '../kit/badge.tsx'
import { Button } from '../kit/button.tsx'
import { remainingText, useNow } from '../kit/countdown.tsx'
import { Card, Facts, PageHeader } from '../kit/page.tsx'
import { Picture } from '../kit/picture.tsx'
import { Loaded, Note } from '../kit/states.tsx'
import { AnswerForm } from './answer-form.tsx'
import { Packed } from './packed.tsx'
import './recall.css'

export type MyNotice = Reply<'recall.readNotice'>

/** One recall notice: what to stop using, how much of it came here, and the answer. */
export function RecallNotice() {
  const { id } = useParams<{ id: string }>()
  const notice = useApi('recall.readNotice', { params: { id } })
  return <Loaded query={notice}>{(found) => <NoticeView key={found.id} notice={found} />}</Loaded>
}

function NoticeView({ notice }: { notice: MyNotice }) {
  const may = useMay()
  const [correcting, setCorrecting] = useState(false)
  const answer = useAct('recall.answer', {
    changes: ['recall.readNotice', 'recall.myNotices'],
    onDone: () => setCorrecting(false),
  })
  const open = notice.answeredAt === null && !notice.withdrawn
  const collected = notice.goods.some((lot) => lot.recoveredQuantity > 0)
  const mayAnswer = may('recallNotice.answer') && !notice.withdrawn && !collected
  return (
    <>
      <PageHeader
        title={t(`recallNotice.level.${notice.level as 1 | 2 | 3}`)}
        back="/recalls"
        sub={
          <>
            <span className="num">{notice.recallNumber}</span>
            <Badge tone={open ? 'bad' : 'good'}>
              {t(open ? 'recallNotice.waiting' : 'recallNotice.done')}
            </Badge>
          </>
        }
      />
      <div className="stack">
        {notice.withdrawn ? (
          <Note tone="good">{t('recallNotice.withdrawn', { reason: notice.withdrawReason ?? '' })}</Note>
        ) : (
          <Note tone="bad">
            {t(notice.kind === 'buyer' ? 'recallNotice.stopNow' : 'recallNotice.stopSupplier')}
          </Note>
        )}
        <Card>
          <Facts
            of={[
              [t('recallNotice.why'), notice.reason],
              [t('recallNotice.place'), notice.place],
              [t('recallNotice.sentAt'), notice.sentAt && instantText(new Date(notice.sentAt), locale())],
              [
                t('recallNotice.answerBy'),
                open && notice.answerDueAt ? <AnswerBy key="due" dueAt={notice.answerDueAt} /> : null,
              ],
            ]}
          />
        </Card>
        {mayAnswer && (open || correcting) ? (
          <AnswerForm notice={notice} act={answer} />
        ) : (
          <Told
            notice={notice}
            onCorrect={mayAnswer && notice.answeredAt !== null ? () => setCorrecting(true) : undefined}
          />
        )}
      </div>
    </>
  )
}

/** The time left to acknowledge. */
function AnswerBy({ dueAt }: { dueAt: string }) {
  const left = Date.parse(dueAt) - useNow()
  const at = instantText(new Date(dueAt), locale())
  return (
    <>
      {at}{' '}
      {left < 0 ? (
        <Badge tone="bad">{t('recallNotice.overdue')}</Badge>
      ) : (
        <span className="num" role="timer" aria-live="off">
          {remainingText(left)}
        </span>
      )}
    </>
  )
}

/** The goods with what was answered and what came back. */
function Told({ notice, onCorrect }: { notice: MyNotice; onCorrect: (() => void) | undefined }) {
  return (
    <>
      {notice.answeredAt && (
        <Note tone="good">
          {t('recallNotice.sent')}{' '}
          <span className="small">
            {t('recallNotice.answeredAt', {
              by: notice.answeredBy ?? '',
              at: instantText(new Date(notice.answeredAt), locale()),
            })}
          </span>
        </Note>
      )}
      {notice.goods.map((lot) => (
        <Card
          key={lot.lotId}
          title={named({ zh: lot.name, en: lot.nameEn })}
          side={<b className="num">{lot.lotCode}</b>}
        >
          <Facts
            of={[
              [
                t('recallNotice.kept'),
                lot.keptQuantity === null ? null : <Packed key="kept" base={lot.keptQuantity} of={lot} />,
              ],
              [
                t('recallNotice.used'),
                lot.usedQuantity === null ? null : <Packed key="used" base={lot.usedQuantity} of={lot} />,
              ],
              [
                t('recallNotice.number'),
                <span key="all">
                  {lot.spec} · <Packed base={lot.quantity} of={lot} />
                </span>,
              ],
              [
                t('recallNotice.done'),
                lot.recoveredQuantity > 0 ? (
                  <Packed key="back" base={lot.recoveredQuantity} of={lot} />
                ) : null,
              ],
            ]}
          />
        </Card>
      ))}
      {notice.photoFileIds.length > 0 && (
        <div className="row">
          {notice.photoFileIds.map((id) => (
            <Picture key={id} picture={fileAddress(id)} alt={t('recallNotice.photos')} size={96} />
          ))}
        </div>
      )}
      {onCorrect && (
        <Button icon="edit" onClick={onCorrect}>
          {t('recallNotice.correct')}
        </Button>
      )}
    </>
  )
}
