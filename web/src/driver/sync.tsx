import { t } from '../app/i18n.ts'
import { Badge } from '../kit/badge.tsx'
import { Button } from '../kit/button.tsx'
import { ConfirmButton } from '../kit/dialog.tsx'
import { Card, PageHeader } from '../kit/page.tsx'
import { EmptyState, Note } from '../kit/states.tsx'
import { again, drop, send, useOutbox } from './outbox.ts'
import type { Waiting } from './overlay.ts'
import { problemText, timeText } from './words.ts'

/** What waits to be uploaded, and what the server sent back, each to be sent again or given up. */
export function Sync() {
  const { waiting, sending, lasts } = useOutbox()
  return (
    <>
      <PageHeader title={t('driver.sync.title')} back="/" />
      <div className="stack">
        {!lasts && <Note tone="warn">{t('driver.sync.memory')}</Note>}
        {waiting.length === 0 ? (
          <EmptyState icon="check" title={t('driver.sync.none')} text={t('driver.sync.hint')} />
        ) : (
          <>
            <p className="muted">{t('driver.sync.hint')}</p>
            {waiting.some((act) => act.problem === null) && (
              <Button size="l" tone="main" icon="upload" full busy={sending} onClick={() => void send()}>
                {t('driver.sync.now')}
              </Button>
            )}
            {waiting.map((act) => (
              <WaitingCard key={act.id} act={act} />
            ))}
          </>
        )}
      </div>
    </>
  )
}

function WaitingCard({ act }: { act: Waiting }) {
  const { problem } = act
  return (
    <Card
      title={`${t(`driver.sync.kind.${act.kind}`)} · ${act.site}`}
      side={<Badge tone={problem ? 'bad' : 'warn'}>{timeText(act.at)}</Badge>}
    >
      {problem && (
        <>
          <Note tone="bad">{problemText(problem)}</Note>
          <div className="driver-pair">
            <Button size="l" full onClick={() => void again(act)}>
              {t('driver.sync.retry')}
            </Button>
            <ConfirmButton
              size="l"
              full
              label={t('driver.sync.drop')}
              title={t('driver.sync.drop')}
              text={t('driver.sync.dropAsk')}
              onConfirm={() => drop(act)}
            />
          </div>
        </>
      )}
    </Card>
  )
}
