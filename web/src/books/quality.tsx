import { t } from '../app/i18n.ts'
import { useApi } from '../app/query.ts'
import { Badge } from '../kit/badge.tsx'
import { Card, PageHeader } from '../kit/page.tsx'
import { EmptyState, Loaded } from '../kit/states.tsx'
import './texts.ts'
import { kindText } from './words.ts'

/** Suppliers' quality scores, the worst first, each with how it came about. */
export function Quality() {
  const scores = useApi('claims.quality', { query: {} })
  return (
    <>
      <PageHeader title={t('claims.quality')} back="/claims" />
      <Loaded
        query={scores}
        empty={{
          when: (found) => found.items.length === 0,
          show: <EmptyState title={t('claims.quality.none')} />,
        }}
      >
        {({ items }) => (
          <div className="cards" style={{ ['--card' as string]: '300px' }}>
            {items.map((score) => (
              <Card
                key={score.orgId}
                title={score.supplier}
                side={
                  <Badge tone={score.perThousand > 1000 ? 'warn' : 'good'}>
                    {(score.perThousand / 100).toFixed(2)}
                  </Badge>
                }
              >
                <span className="muted small">{t('claims.quality.perThousand')}</span>
                <span>{t('claims.quality.lines', { days: score.days, lines: score.deliveredLines })}</span>
                {Object.entries(score.byKind).map(([kind, { lines, weight }]) => (
                  <span key={kind} className="small">
                    {t('claims.quality.kind', { kind: kindText(kind), lines, weight: weight / 100 })}
                  </span>
                ))}
                <span className="muted small">{score.day}</span>
              </Card>
            ))}
          </div>
        )}
      </Loaded>
    </>
  )
}
