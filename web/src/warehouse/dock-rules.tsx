import { addDays, minutesText, serviceDayOf, weekdayText } from '@huming/shared/days'
import { BUYER_CLASSES } from '@huming/shared/reference/buyer-classes'
import { type ReactNode, useState } from 'react'
import type { Reply } from '../app/api.ts'
import { locale, named, t } from '../app/i18n.ts'
import { useAct, useApi } from '../app/query.ts'
import { useMay } from '../app/session.ts'
import { categoryWords } from '../coop/words.ts'
import { Money } from '../kit/amount.tsx'
import { Badge } from '../kit/badge.tsx'
import { Button } from '../kit/button.tsx'
import { ConfirmButton } from '../kit/dialog.tsx'
import { Card, PageHeader } from '../kit/page.tsx'
import { EmptyState, Loaded } from '../kit/states.tsx'
import { DataTable } from '../kit/table.tsx'
import { toastProblem } from '../kit/toast.tsx'
import { SecondDialog, SlotDialog } from './dock-rule-forms.tsx'
import { HubChoice, useHub } from './use-hub.tsx'
import { zoneName } from './words.ts'
import './rule-texts.ts'

type Rules = Reply<'dockRules.read'>
type Second = Rules['secondPerson'][number]
type Limit = Rules['temperature'][number]

/** By which rules the dock works: when trucks may come, who must see goods, and what is refused. */
export function DockRules({ back = '/dock' }: { back?: string }) {
  const hub = useHub()
  const { hubId } = hub
  const rules = useApi('dockRules.read', { params: { hubId } }, { enabled: hubId !== '' })
  return (
    <>
      <PageHeader title={t('dockRules.title')} back={back}>
        <HubChoice {...hub} />
      </PageHeader>
      <Loaded query={rules}>
        {(found) => (
          <div className="stack">
            <SlotsCard hubId={hubId} slots={found.slots} />
            <SecondCard rules={found.secondPerson} />
            <LifeCard rules={found.life} />
            <TemperatureCard rules={found.temperature} />
          </div>
        )}
      </Loaded>
    </>
  )
}

/** The same in the operations console, where there is no dock board above it. */
export const DockRulesDesk = (): ReactNode => <DockRules back="/" />

const endless = '2099-12-31'
const validity = ({ validFrom, validTo }: { validFrom: string; validTo: string }): string =>
  validTo >= endless ? `${validFrom} –` : `${validFrom} – ${validTo}`
const validColumn = {
  key: 'valid',
  get head() {
    return t('dockRules.valid')
  },
  cell: validity,
}

function SlotsCard({ hubId, slots }: { hubId: string; slots: Rules['slots'] }) {
  const may = useMay()
  const [adding, setAdding] = useState(false)
  return (
    <Card
      title={t('dockRules.slots')}
      side={
        may('dock.plan') && (
          <Button size="l" icon="plus" onClick={() => setAdding(true)}>
            {t('dockRules.addSlot')}
          </Button>
        )
      }
    >
      <p className="muted">{t('dockRules.slotsHint')}</p>
      {slots.length === 0 ? (
        <EmptyState icon="truck" title={t('dockRules.noSlots')} />
      ) : (
        <DataTable
          label={t('dockRules.slots')}
          rows={slots}
          rowKey={(slot) => slot.id}
          columns={[
            {
              key: 'minutes',
              head: t('dockRules.minutes'),
              cell: (slot) => (
                <b className="num">
                  {minutesText(slot.fromMinute)}–{minutesText(slot.toMinute)}
                </b>
              ),
            },
            {
              key: 'weekday',
              head: t('dockRules.weekday'),
              cell: ({ weekday }) =>
                weekday ? weekdayText(weekday as 1, locale()) : t('dockRules.everyDay'),
            },
            {
              key: 'doors',
              head: t('dockRules.doors'),
              end: true,
              cell: ({ capacity }) =>
                capacity > 0 ? capacity : <Badge tone="warn">{t('dockRules.closed')}</Badge>,
            },
            validColumn,
          ]}
        />
      )}
      {adding && <SlotDialog hubId={hubId} onClose={() => setAdding(false)} />}
    </Card>
  )
}

function SecondCard({ rules }: { rules: readonly Second[] }) {
  const may = useMay()
  const mayWrite = may('receiptRule.write')
  const [adding, setAdding] = useState(false)
  return (
    <Card
      title={t('dockRules.second')}
      side={
        mayWrite && (
          <Button size="l" icon="plus" onClick={() => setAdding(true)}>
            {t('dockRules.addSecond')}
          </Button>
        )
      }
    >
      {!mayWrite && <p className="muted">{t('dockRules.secondBy')}</p>}
      {rules.length === 0 ? (
        <p>{t('dockRules.secondNone')}</p>
      ) : (
        <DataTable
          label={t('dockRules.second')}
          rows={rules}
          rowKey={(rule) => rule.id}
          columns={[
            { key: 'kind', head: t('dockRules.kind'), cell: whichGoods },
            { key: 'source', head: t('dockRules.source'), cell: (rule) => rule.source },
            validColumn,
            ...(mayWrite
              ? [{ key: 'end', head: '', cell: (rule: Second) => <EndSecond rule={rule} /> }]
              : []),
          ]}
        />
      )}
      {adding && <SecondDialog onClose={() => setAdding(false)} />}
    </Card>
  )
}

function whichGoods(rule: Second): ReactNode {
  if (rule.kind === 'buyer_class')
    return `${t('dockRules.kind.buyer_class')}: ${rule.buyerClass ? named(BUYER_CLASSES[rule.buyerClass]) : ''}`
  if (rule.kind === 'high_risk') return t('dockRules.kind.high_risk')
  return (
    <>
      {t('dockRules.kind.value_above')} <Money fen={rule.aboveFen ?? 0} />
    </>
  )
}

function EndSecond({ rule: { id, ...rule } }: { rule: Second }) {
  const today = serviceDayOf(new Date())
  const act = useAct('dockRules.writeSecondPerson', { changes: ['dockRules.read'] })
  if (rule.validTo <= addDays(today, 1)) return null
  const validTo = rule.validFrom > today ? rule.validFrom : today
  return (
    <ConfirmButton
      size="l"
      label={t('dockRules.end')}
      title={t('dockRules.end')}
      text={t('dockRules.endAsk')}
      onConfirm={() => act.mutateAsync({ params: { id }, body: { ...rule, validTo } }).catch(toastProblem)}
    />
  )
}

function LifeCard({ rules }: { rules: Rules['life'] }) {
  return (
    <Card title={t('dockRules.life')}>
      <DataTable
        label={t('dockRules.life')}
        rows={rules}
        rowKey={(rule) => rule.id}
        columns={[
          {
            key: 'goods',
            head: t('dockRules.kind'),
            cell: ({ category }) => (category ? categoryWords(category) : t('dockRules.allGoods')),
          },
          {
            key: 'share',
            head: t('dockRules.life'),
            cell: ({ part, of }) => t('dockRules.lifeOf', { part, of }),
          },
          { key: 'source', head: t('dockRules.source'), cell: (rule) => rule.source },
          validColumn,
        ]}
      />
    </Card>
  )
}

const degrees = (deciC: number | null): string => (deciC === null ? '—' : `${deciC / 10} ℃`)

function TemperatureCard({ rules }: { rules: readonly Limit[] }) {
  return (
    <Card title={t('dockRules.temperature')}>
      <DataTable
        label={t('dockRules.temperature')}
        rows={rules}
        rowKey={(rule) => rule.id}
        columns={[
          {
            key: 'zone',
            head: t('dockRules.zone'),
            cell: (rule) => (
              <span>
                <b>{zoneName(rule.zone)}</b> <span className="muted">{rule.pack}</span>
              </span>
            ),
          },
          {
            key: 'warn',
            head: t('dockRules.warn'),
            cell: (rule) =>
              rule.warnAboveDeciC === null
                ? '—'
                : t('dockRules.warnText', {
                    limit: degrees(rule.warnAboveDeciC),
                    minutes: rule.warnForMinutes ?? 0,
                  }),
          },
          {
            key: 'surface',
            head: t('dockRules.surface'),
            end: true,
            cell: (rule) => degrees(rule.surfaceMaxDeciC),
          },
          { key: 'core', head: t('dockRules.core'), end: true, cell: (rule) => degrees(rule.coreMaxDeciC) },
          { key: 'source', head: t('dockRules.source'), cell: (rule) => rule.source },
          validColumn,
        ]}
      />
    </Card>
  )
}
