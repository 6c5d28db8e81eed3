import { instantText } from '@huming/shared/days'
import { Link } from 'wouter'
import type { Reply } from '../app/api.ts'
import { comma, locale, named, t } from '../app/i18n.ts'
import { useLive } from '../app/live.ts'
import { usePages } from '../app/query.ts'
import { Badge } from '../kit/badge.tsx'
import { PageHeader } from '../kit/page.tsx'
import { EmptyState, Loaded, LoadMore } from '../kit/states.tsx'
import './recall.css'

type Notice = Reply<'recall.myNotices'>['items'][number]

/** Recall notices to one’s own places, the newest first. */
export function RecallNotices() {
  const { items, more, query } = usePages('recall.myNotices', { query: { limit: 50 } })
  useLive(['recall.'], ['recall.'])
  return (
    <>
      <PageHeader title={t('recallNotice.title')} />
      <Loaded
        query={query}
        empty={{
          when: () => items.length === 0,
          show: <EmptyState icon="shield" title={t('recallNotice.none')} text={t('recallNotice.noneHint')} />,
        }}
      >
        {() => (
          <ul className="recall-list" aria-label={t('recallNotice.title')}>
            {items.map((notice) => (
              <li key={notice.id}>
                <NoticeLink notice={notice} />
              </li>
            ))}
          </ul>
        )}
      </Loaded>
      <LoadMore more={more} />
    </>
  )
}

function NoticeLink({ notice }: { notice: Notice }) {
  const open = notice.answeredAt === null && !notice.withdrawn
  return (
    <Link to={`/recalls/${notice.id}`} className="recall-link" data-open={open || undefined}>
      <span className="row spread">
        <b>
          {[...new Set(notice.goods.map((lot) => named({ zh: lot.name, en: lot.nameEn })))].join(comma())}
        </b>
        <Badge tone={open ? 'bad' : 'good'}>{t(open ? 'recallNotice.waiting' : 'recallNotice.done')}</Badge>
      </span>
      <span>{notice.reason}</span>
      <span className="muted small">
        {notice.recallNumber} · {notice.place} ·{' '}
        {notice.sentAt ? instantText(new Date(notice.sentAt), locale()) : ''}
      </span>
    </Link>
  )
}
