import { useEffect } from 'react'
import { t, textOf } from '../app/i18n.ts'
import { useMe } from '../app/session.ts'
import { Badge } from '../kit/badge.tsx'
import { Button } from '../kit/button.tsx'
import { ConfirmButton } from '../kit/dialog.tsx'
import { Card, PageHeader } from '../kit/page.tsx'
import { EmptyState, Note } from '../kit/states.tsx'
import { again, drop, type FloorAct, openFloor, send, useFloor } from './pick-outbox.ts'
import { momentWords } from './words.ts'
import './picking-texts.ts'

/** What waits on this device, and what the server sent back, each to be sent again or given up. */
export function Queue() {
  const me = useMe()
  useEffect(() => openFloor(me.person.id), [me.person.id])
  const { waiting, sending, lasts } = useFloor()
  return (
    <>
      <PageHeader title={t('picking.queue.title')} back="/pick" />
      <div className="stack">
        {!lasts && <Note tone="warn">{t('picking.queue.memory')}</Note>}
        {waiting.length === 0 ? (
          <EmptyState icon="check" title={t('picking.queue.none')} text={t('picking.queue.hint')} />
        ) : (
          <>
            <p className="muted">{t('picking.queue.hint')}</p>
            {waiting.some((act) => act.problem === null) && (
              <Button size="l" tone="main" icon="upload" full busy={sending} onClick={() => void send()}>
                {t('picking.queue.now')}
              </Button>
            )}
            {waiting.map((act) => (
              <ActCard key={act.id} act={act} />
            ))}
          </>
        )}
      </div>
    </>
  )
}

/** A task that is no longer open was done by somebody else, or its goods were stopped. */
const whyBack = (act: FloorAct, problem: NonNullable<FloorAct['problem']>): string =>
  problem.code === 'wrong_state' && act.kind !== 'fetch'
    ? t('picking.queue.taken')
    : problem.detail || textOf(`problem.${problem.code}`, t('app.failed'))

function ActCard({ act }: { act: FloorAct }) {
  const { problem } = act
  return (
    <Card
      title={act.title}
      side={<Badge tone={problem ? 'bad' : 'warn'}>{t(`picking.act.${act.kind}`)}</Badge>}
    >
      <p>{act.sub}</p>
      <p className="muted small">{momentWords(act.at)}</p>
      {problem && (
        <>
          <Note tone="bad">{whyBack(act, problem)}</Note>
          <div className="wh-pair">
            <Button size="l" full onClick={() => void again(act)}>
              {t('picking.queue.retry')}
            </Button>
            <ConfirmButton
              size="l"
              full
              label={t('picking.queue.drop')}
              title={t('picking.queue.drop')}
              text={t('picking.queue.dropAsk')}
              onConfirm={() => drop(act)}
            />
          </div>
        </>
      )}
    </Card>
  )
}
