import { instantText } from '@huming/shared/days'
import type { Reply } from '../app/api.ts'
import { locale, t, textOf } from '../app/i18n.ts'
import { useAct, useApi } from '../app/query.ts'
import { useMay } from '../app/session.ts'
import { Badge } from '../kit/badge.tsx'
import { Button } from '../kit/button.tsx'
import { Card, PageHeader } from '../kit/page.tsx'
import { EmptyState, Loaded, Note } from '../kit/states.tsx'
import { DataTable } from '../kit/table.tsx'
import { toastProblem } from '../kit/toast.tsx'

type Audit = Reply<'reports.listAudits'>['items'][number]

/** The proof of the books: newest in full, earlier ones in a line. */
export function AuditScreen() {
  const may = useMay()
  const audits = useApi('reports.listAudits')
  const run = useAct('reports.runAudit', { changes: ['reports.listAudits'] })
  return (
    <>
      <PageHeader title={t('ops.audit.title')}>
        {may('audit.run') && (
          <Button
            tone="main"
            icon="shield"
            busy={run.isPending}
            onClick={() => run.mutate(undefined, { onError: toastProblem })}
          >
            {t('ops.audit.run')}
          </Button>
        )}
      </PageHeader>
      <Loaded
        query={audits}
        empty={{
          when: (data) => data.items.length === 0,
          show: <EmptyState icon="shield" title={t('ops.audit.none')} />,
        }}
      >
        {({ items: [newest, ...earlier] }) => (
          <div className="stack">
            {newest && <Result audit={newest} />}
            {earlier.length > 0 && (
              <Card title={t('ops.audit.history')}>
                <ul
                  className="stack"
                  style={{ ['--gap' as string]: '8px', margin: 0, paddingInlineStart: '1.2em' }}
                >
                  {earlier.map((audit) => (
                    <li key={audit.at}>
                      {instantText(new Date(audit.at), locale())} <Verdict audit={audit} />
                    </li>
                  ))}
                </ul>
              </Card>
            )}
          </div>
        )}
      </Loaded>
    </>
  )
}

const brokenOf = (audit: Audit) => audit.checks.filter((check) => check.breachCount > 0).length

function Verdict({ audit }: { audit: Audit }) {
  const broken = brokenOf(audit)
  return (
    <Badge tone={broken === 0 ? 'good' : 'bad'}>
      {broken === 0
        ? t('ops.audit.clean', { checks: audit.checks.length })
        : t('ops.audit.broken', { broken })}
    </Badge>
  )
}

function Result({ audit }: { audit: Audit }) {
  const broken = brokenOf(audit)
  return (
    <Card title={instantText(new Date(audit.at), locale())} side={<Verdict audit={audit} />}>
      {broken > 0 && <Note tone="bad">{t('ops.audit.broken', { broken })}</Note>}
      <DataTable
        label={t('ops.audit.title')}
        rows={audit.checks}
        rowKey={(check) => check.name}
        columns={[
          {
            key: 'name',
            head: t('ops.audit.check'),
            cell: (check) => textOf(`ops.check.${check.name}`, check.name),
          },
          {
            key: 'checked',
            head: t('ops.audit.checked'),
            end: true,
            cell: (check) => <span className="num">{check.checked}</span>,
            sort: (check) => check.checked,
          },
          {
            key: 'breaches',
            head: t('ops.audit.breaches'),
            cell: (check) =>
              check.breachCount === 0 ? (
                <Badge tone="good">0</Badge>
              ) : (
                <details>
                  <summary>
                    <Badge tone="bad">{check.breachCount}</Badge>
                  </summary>
                  <code className="small">{check.breaches.join(' ')}</code>
                </details>
              ),
            sort: (check) => check.breachCount,
          },
        ]}
      />
    </Card>
  )
}
