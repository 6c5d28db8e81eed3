import { t } from '../app/i18n.ts'
import { useLive } from '../app/live.ts'
import { useApi } from '../app/query.ts'
import { useMay } from '../app/session.ts'
import { LinkButton } from '../kit/button.tsx'
import { Note } from '../kit/states.tsx'

/** Waiting notices, told on top of a home screen; nothing while there is none. */
export function RecallBanner() {
  const may = useMay()
  const waiting = useApi(
    'recall.myNotices',
    { query: { show: 'open', limit: 1 } },
    { every: 60_000, enabled: may('recallNotice.read') },
  )
  useLive(['recall.'], ['recall.'])
  const count = waiting.data?.unanswered ?? 0
  const [first] = waiting.data?.items ?? []
  if (count === 0 || !first) return null
  return (
    <Note tone="bad">
      <div className="row spread">
        <span>{t('recallNotice.banner', { count })}</span>
        <LinkButton to={count === 1 ? `/recalls/${first.id}` : '/recalls'} tone="main">
          {t('recallNotice.open')}
        </LinkButton>
      </div>
    </Note>
  )
}
