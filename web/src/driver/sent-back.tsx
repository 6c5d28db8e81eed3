import { t } from '../app/i18n.ts'
import { LinkButton } from '../kit/button.tsx'
import { Note } from '../kit/states.tsx'
import { useOutbox } from './outbox.ts'
import { problemText } from './words.ts'

/** What the server sent back of a run, loud and where the driver looks; each is decided on under uploads. */
export function SentBack({ runId }: { runId: string }) {
  const back = useOutbox().waiting.filter((act) => act.runId === runId && act.problem !== null)
  if (back.length === 0) return null
  return (
    <Note tone="bad">
      {back.map((act) => (
        <div key={act.id}>
          <b>{t(`driver.sync.kind.${act.kind}`)}</b> {act.site}：{problemText(act.problem)}
        </div>
      ))}
      <LinkButton to="/sync" size="l" full>
        {t('driver.sync.decide')}
      </LinkButton>
    </Note>
  )
}
