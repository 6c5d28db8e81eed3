import { instantText, isServiceDay } from '@huming/shared/days'
import { useState } from 'react'
import { Link } from 'wouter'
import type { Reply } from '../app/api.ts'
import { locale, t, textOf } from '../app/i18n.ts'
import { useAct, usePages } from '../app/query.ts'
import { Button } from '../kit/button.tsx'
import { Segmented } from '../kit/choose.tsx'
import { Icon } from '../kit/icon.tsx'
import { PageHeader } from '../kit/page.tsx'
import { EmptyState, ErrorState, LoadMore, Skeleton } from '../kit/states.tsx'
import { toastProblem } from '../kit/toast.tsx'
import { dayWords } from './words.ts'
import './notices.css'
import '../app/notice-texts.ts'

type Notice = Reply<'accounts.listNotices'>['items'][number]

/** What the server has to tell the organisation: short lines, late trucks, lapsed orders. */
export function Notices() {
  const [show, setShow] = useState<'all' | 'unread'>('all')
  const { query, items, more, first } = usePages('accounts.listNotices', {
    query: { limit: 50, ...(show === 'unread' && { unread: 'true' }) },
  })
  const read = useAct('accounts.readNotices', { changes: ['accounts.listNotices'] })
  const unread = items.filter((one) => !one.read).map((one) => one.id)
  const mark = (ids: string[]) => read.mutate({ body: { ids: ids.slice(0, 200) } }, { onError: toastProblem })
  return (
    <>
      <PageHeader title={t('shop.notices.title')}>
        {unread.length > 0 && (
          <Button icon="check" busy={read.isPending} onClick={() => mark(unread)}>
            {t('shop.notices.read')}
          </Button>
        )}
      </PageHeader>
      <div className="stack">
        <Segmented
          label={t('kit.filters')}
          value={show}
          options={[
            { value: 'all', label: t('shop.notices.all') },
            { value: 'unread', label: `${t('shop.notices.unread')} ${first?.unread ?? ''}` },
          ]}
          onPick={setShow}
        />
        {query.error && items.length === 0 ? (
          <ErrorState error={query.error} onRetry={() => void query.refetch()} />
        ) : query.isPending ? (
          <Skeleton />
        ) : items.length === 0 ? (
          <EmptyState icon="bell" title={t('shop.notices.none')} text={t('shop.notices.noneHint')} />
        ) : (
          <ul className="shop-notices" aria-label={t('shop.notices.title')}>
            {items.map((notice) => (
              <NoticeLine key={notice.id} notice={notice} onSeen={() => mark([notice.id])} />
            ))}
          </ul>
        )}
        <LoadMore more={more} />
      </div>
    </>
  )
}

/** The sentence of a notice, its days and reasons written for people. */
export function noticeText({ key, params }: Pick<Notice, 'key' | 'params'>): string {
  const told = Object.entries(params).map(([name, value]) => {
    if (typeof value === 'string' && isServiceDay(value)) return [name, dayWords(value)]
    return [name, name === 'reason' ? textOf(`cut.${value}`, String(value)) : value]
  })
  return textOf(key, t('shop.notices.other'), Object.fromEntries(told))
}

function NoticeLine({ notice, onSeen }: { notice: Notice; onSeen: () => void }) {
  const seen = () => !notice.read && onSeen()
  const isRecall = notice.key.startsWith('notice.recall')
  return (
    <li data-unread={!notice.read || undefined}>
      <Icon
        name={isRecall ? 'warning' : /^notice\.(stop_late|arrival_)/.test(notice.key) ? 'truck' : 'info'}
      />
      <div>
        {!notice.read && <span className="sr-only">{t('shop.notices.unread')}：</span>}
        {noticeText(notice)}
        <div className="row small">
          <span className="muted">{instantText(new Date(notice.at), locale())}</span>
          {notice.subjectId && (
            <Link
              to={`/${isRecall ? 'recalls' : 'orders'}/${notice.subjectId}`}
              className="shop-link"
              onClick={seen}
            >
              {t(isRecall ? 'recallNotice.open' : 'shop.notices.see')}
            </Link>
          )}
        </div>
      </div>
    </li>
  )
}
