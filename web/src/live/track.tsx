import { dayText, serviceDay } from '@huming/shared/days'
import { useParams } from 'wouter'
import { locale, setLocale, t } from '../app/i18n.ts'
import { useApi } from '../app/query.ts'
import { Button } from '../kit/button.tsx'
import { Card, PageHeader } from '../kit/page.tsx'
import { EmptyState, Loaded } from '../kit/states.tsx'
import { ArrivalView } from './arrival.tsx'

/** What the holder of a link sees: when it comes, and nothing about people or money. */
export function TrackPage() {
  const { token = '' } = useParams<{ token: string }>()
  const arrival = useApi('live.track', { params: { token } }, { every: 60_000 })
  if (arrival.error?.missing || arrival.error?.problem?.code === 'bad_input')
    return (
      <div className="arrival-page stack">
        <PageHeader title={t('arrival.title')} />
        <EmptyState icon="clock" title={t('arrival.missing')} text={t('arrival.missingHint')} />
      </div>
    )
  return (
    <div className="arrival-page stack">
      <Loaded query={arrival}>
        {(found) => (
          <>
            <PageHeader title={found.site} sub={<span>{dayText(serviceDay(found.day), locale())}</span>}>
              <Button tone="quiet" onClick={() => setLocale(locale() === 'zh' ? 'en' : 'zh')}>
                {t('arrival.language')}
              </Button>
            </PageHeader>
            <Card title={t('arrival.title')}>
              <ArrivalView arrival={found} />
            </Card>
          </>
        )}
      </Loaded>
    </div>
  )
}
