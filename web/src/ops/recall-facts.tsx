import { instantText } from '@huming/shared/days'
import { locale, named, t, textOf } from '../app/i18n.ts'
import { Badge } from '../kit/badge.tsx'
import { remainingText, useNow } from '../kit/countdown.tsx'
import { Card, Facts, Tile } from '../kit/page.tsx'
import { DataTable } from '../kit/table.tsx'
import { Packed } from '../recall/packed.tsx'
import type { Recall } from './recall.tsx'

const at = (instant: string) => instantText(new Date(instant), locale())

/** The clocks of the rules with what is left, and where the figures are from. */
export function Clocks({ recall }: { recall: Recall }) {
  const now = useNow()
  const over = recall.status === 'withdrawn'
  const clocks = new Set<string>([...recall.clocks.map((clock) => clock.clock), 'answer'])
  const rules = recall.rules.filter((rule) => clocks.has(rule.clock))
  const sources = [...new Map(rules.map((rule) => [rule.source, rule])).values()]
  return (
    <Card title={t('recall.clocks')}>
      <div className="cards" style={{ ['--card' as string]: '180px' }}>
        {recall.clocks.map((clock) => {
          const left = Date.parse(clock.dueAt) - now
          const late = clock.late || (clock.doneAt === null && left < 0 && !over)
          const state =
            clock.doneAt !== null
              ? t('recall.clock.done', { at: at(clock.doneAt) })
              : t('recall.clock.dueAt', { at: at(clock.dueAt) })
          return (
            <Tile
              key={clock.clock}
              label={`${t(`recall.clock.${clock.clock}`)} · ${state}`}
              tone={late ? 'bad' : clock.doneAt !== null ? 'good' : left < 3_600_000 ? 'warn' : 'plain'}
            >
              {late ? (
                t('recall.clock.late')
              ) : clock.doneAt !== null ? (
                t('recall.done')
              ) : (
                <span className="num" role="timer" aria-live="off">
                  {remainingText(Math.max(0, left))}
                </span>
              )}
            </Tile>
          )
        })}
      </div>
      <p className="muted small">
        {sources.map((rule) => (
          <span key={rule.source}>
            {t('recall.rule', { source: rule.source })}{' '}
            {rule.verify && <Badge tone="warn">{t('recall.verify')}</Badge>}{' '}
          </span>
        ))}
      </p>
    </Card>
  )
}

/** What the stop reached; of a drill and a draft, what it would. */
export function Reached({ recall }: { recall: Recall }) {
  const parts = Object.entries(recall.stopped)
  if (parts.length === 0) return null
  return (
    <Card title={t(recall.drill ? 'recall.wouldReach' : 'recall.stopped')}>
      <div className="cards" style={{ ['--card' as string]: '120px' }}>
        {parts.map(([key, count]) => (
          <Tile key={key} label={textOf(`recall.stopped.${key}`, key)}>
            <span className="num">{count}</span>
          </Tile>
        ))}
      </div>
    </Card>
  )
}

/** How long each step took since the danger was known. */
export function Times({ recall }: { recall: Recall }) {
  if (recall.steps.length === 0) return null
  return (
    <Card title={t('recall.steps')}>
      <Facts
        of={recall.steps.map((step) => [
          textOf(`status.recall.${step.status}`, step.status),
          <span key={step.status}>
            {at(step.at)}{' '}
            <span className="muted small">
              {t('recall.since', { span: remainingText(Date.parse(step.at) - Date.parse(recall.knownAt)) })}
            </span>
          </span>,
        ])}
      />
    </Card>
  )
}

const shown = [
  'onShelf',
  'apart',
  'inTotes',
  'onTrucks',
  'backAtDoor',
  'withBuyers',
  'usedByBuyers',
  'notTold',
  'destroyed',
  'lost',
  'madeInto',
  'movedOn',
] as const

/** Where every gram is, and what no record explains. */
export function Balance({ recall }: { recall: Recall }) {
  return (
    <Card title={t('recall.balance')}>
      <DataTable
        label={t('recall.balance')}
        rows={recall.balance}
        rowKey={(lot) => lot.lotId}
        columns={[
          {
            key: 'lot',
            head: t('recall.lot'),
            cell: (lot) => (
              <>
                <b>{lot.lotCode}</b> {named({ zh: lot.name, en: lot.nameEn })}
              </>
            ),
          },
          {
            key: 'entered',
            head: t('recall.balance.entered'),
            end: true,
            cell: (lot) => <Packed base={lot.entered} of={lot} />,
          },
          {
            key: 'where',
            head: t('recall.places'),
            cell: (lot) => (
              <ul style={{ margin: 0, paddingInlineStart: '1.1em' }}>
                {shown
                  .filter((key) => lot[key] !== 0)
                  .map((key) => (
                    <li key={key}>
                      {t(`recall.balance.${key}`)} <Packed base={lot[key]} of={lot} />
                    </li>
                  ))}
              </ul>
            ),
          },
          {
            key: 'recovered',
            head: t('recall.balance.recovered'),
            end: true,
            cell: (lot) => <Packed base={lot.recovered} of={lot} />,
          },
          {
            key: 'unexplained',
            head: t('recall.balance.unexplained'),
            end: true,
            cell: (lot) => (
              <Badge tone={lot.unexplained === 0 ? 'good' : 'bad'}>
                <Packed base={lot.unexplained} of={lot} />
              </Badge>
            ),
          },
        ]}
      />
    </Card>
  )
}
