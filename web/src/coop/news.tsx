import { instantText, isServiceDay } from '@huming/shared/days'
import { isPaperId } from '@huming/shared/reference/papers'
import { locale, t, textOf } from '../app/i18n.ts'
import { useAct, useApi } from '../app/query.ts'
import { useMay } from '../app/session.ts'
import { Button } from '../kit/button.tsx'
import { Card } from '../kit/page.tsx'
import { toastProblem } from '../kit/toast.tsx'
import { dayWords, paperName } from '../papers/words.ts'
import { useSupplier } from './scope.tsx'
import '../papers/texts.ts'
import '../app/notice-texts.ts'

/** What the supplier has not read yet: papers that run out, goods not taken in. Nothing is drawn without news. */
export function News() {
  const may = useMay()
  const { orgId } = useSupplier()
  const notices = useApi(
    'accounts.listNotices',
    { query: { limit: 20, unread: 'true' } },
    { every: 60_000, enabled: may('notice.read') && orgId !== undefined },
  )
  const read = useAct('accounts.readNotices', { changes: ['accounts.listNotices'] })
  const items = notices.data?.items ?? []
  if (items.length === 0) return null
  const markAll = () =>
    read.mutate({ body: { ids: items.map((notice) => notice.id) } }, { onError: toastProblem })
  return (
    <Card
      title={t('papers.notices')}
      side={
        <Button icon="check" busy={read.isPending} onClick={markAll}>
          {t('papers.noticesRead')}
        </Button>
      }
    >
      <ul className="coop-list">
        {items.map((notice) => (
          <li key={notice.id}>
            <span className="coop-line">
              <span className="grow">
                <span>{sentenceOf(notice)}</span>
                <span className="muted small">{instantText(new Date(notice.at), locale())}</span>
              </span>
            </span>
          </li>
        ))}
      </ul>
    </Card>
  )
}

type Notice = { key: string; params: Record<string, string | number> }

/** The sentence of a notice, its days and papers written for people. */
function sentenceOf({ key, params }: Notice): string {
  const told = Object.entries(params).map(([name, value]) => {
    if (typeof value !== 'string') return [name, value]
    if (name === 'paper' && isPaperId(value)) return [name, paperName(value)]
    return [name, isServiceDay(value) ? dayWords(value) : value]
  })
  return textOf(key, key, Object.fromEntries(told))
}
