import { addDays, serviceDayOf } from '@huming/shared/days'
import { BUYER_CLASSES } from '@huming/shared/reference/buyer-classes'
import { useState } from 'react'
import type { Input } from '../app/api.ts'
import { named, t } from '../app/i18n.ts'
import { useAct, useApi } from '../app/query.ts'
import { useMay } from '../app/session.ts'
import { Badge } from '../kit/badge.tsx'
import { Button } from '../kit/button.tsx'
import { ConfirmButton } from '../kit/dialog.tsx'
import { Select, TextField } from '../kit/field.tsx'
import { NumberField } from '../kit/number-field.tsx'
import { Card, PageHeader } from '../kit/page.tsx'
import { Loaded, ProblemNote } from '../kit/states.tsx'
import { DataTable } from '../kit/table.tsx'
import { toast, toastProblem } from '../kit/toast.tsx'
import { AddRule } from './pick-rule-form.tsx'
import { type Rules, ruleReads } from './picking-reads.ts'
import { ToteKinds } from './tote-kinds.tsx'
import { HubChoice, useHub } from './use-hub.tsx'
import { zoneName } from './words.ts'
import './picking-texts.ts'

type Settings = Input<'picking.writeHubRules'>['body']
type Rule = Rules['rules'][number]

/** How the hub picks: sharing of shortage, checks, labels, and the dated rules of method. */
export function HubRules() {
  const hub = useHub()
  const { hubId } = hub
  const query = useApi('picking.hubRules', { params: { hubId } }, { enabled: hubId !== '' })
  return (
    <>
      <PageHeader title={t('picking.rules.title')} back="/waves">
        <HubChoice {...hub} />
      </PageHeader>
      <Loaded query={query}>
        {(rules) => (
          <div className="stack">
            <SettingsCard key={rules.version} rules={rules} />
            <MethodsCard rules={rules} />
          </div>
        )}
      </Loaded>
    </>
  )
}

const shortages = ['contract_first', 'pro_rata', 'equal_share'] as const
const checks = ['none', 'weigh', 'weigh_other'] as const

function SettingsCard({ rules }: { rules: Rules }) {
  const may = useMay()
  const { hubId, rules: _, ...saved } = rules
  const [draft, setDraft] = useState<Settings>(saved)
  const set = (change: Partial<Settings>) => setDraft({ ...draft, ...change })
  const act = useAct('picking.writeHubRules', {
    changes: ruleReads,
    onDone: () => toast(t('picking.rules.saved')),
  })
  return (
    <Card title={t('picking.rules.general')}>
      <div className="stack">
        <Select
          label={t('picking.rules.shortage')}
          size="l"
          value={draft.shortageRule}
          options={shortages.map((value) => ({ value, label: t(`picking.rules.shortage.${value}`) }))}
          onPick={(shortageRule) => set({ shortageRule })}
        />
        <Select
          label={t('picking.rules.check')}
          size="l"
          value={draft.checkRule}
          options={checks.map((value) => ({ value, label: t(`picking.rules.check.${value}`) }))}
          onPick={(checkRule) => set({ checkRule })}
        />
        <NumberField
          label={t('picking.rules.tolerance')}
          size="l"
          after="%"
          min={0.1}
          max={20}
          decimals={1}
          value={draft.checkToleranceBp / 100}
          onNumber={(percent) => set({ checkToleranceBp: Math.round((percent ?? 3) * 100) })}
        />
        <TextField
          label={t('picking.rules.prefix')}
          hint={t('picking.rules.prefixHint')}
          size="l"
          maxLength={10}
          inputMode="numeric"
          value={draft.ssccPrefix}
          onText={(ssccPrefix) => set({ ssccPrefix })}
        />
        <ToteKinds
          kinds={draft.toteKinds}
          {...(may('wave.release') && { onKinds: (toteKinds) => set({ toteKinds }) })}
        />
        {may('wave.release') && (
          <Button
            size="l"
            tone="main"
            busy={act.isPending}
            onClick={() => act.mutate({ params: { hubId }, body: draft })}
          >
            {t('picking.rules.save')}
          </Button>
        )}
        <ProblemNote error={act.error} />
      </div>
    </Card>
  )
}

function MethodsCard({ rules }: { rules: Rules }) {
  const may = useMay()
  const today = serviceDayOf(new Date())
  const act = useAct('picking.writePickRule', { changes: ruleReads })
  const end = ({ id, ...rule }: Rule) =>
    act
      .mutateAsync({
        params: { hubId: rules.hubId, id },
        body: { ...rule, validTo: rule.validFrom > today ? rule.validFrom : today },
      })
      .catch(toastProblem)
  return (
    <Card title={t('picking.rules.methods')}>
      <DataTable
        label={t('picking.rules.methods')}
        rows={rules.rules.filter((rule) => rule.validTo >= today)}
        rowKey={(rule) => rule.id}
        columns={[
          { key: 'sequence', head: t('picking.rules.sequence'), cell: (rule) => rule.sequence },
          { key: 'when', head: t('picking.rules.when'), cell: (rule) => whenWords(rule) },
          {
            key: 'method',
            head: t('picking.rules.method'),
            cell: (rule) => <Badge tone="info">{t(`picking.method.${rule.method}`)}</Badge>,
          },
          {
            key: 'valid',
            head: t('picking.rules.valid'),
            cell: (rule) => `${rule.validFrom} – ${rule.validTo}`,
          },
          {
            key: 'end',
            head: '',
            cell: (rule) =>
              may('wave.release') && rule.validTo > addDays(today, 1) ? (
                <ConfirmButton
                  size="l"
                  label={t('picking.rules.end')}
                  title={t('picking.rules.end')}
                  text={t('picking.rules.endAsk')}
                  onConfirm={() => end(rule)}
                />
              ) : null,
          },
        ]}
      />
      {may('wave.release') && <AddRule rules={rules} />}
    </Card>
  )
}

function whenWords(rule: Rule): string {
  const words = [
    rule.note,
    rule.zone && zoneName(rule.zone),
    rule.buyerClass && named(BUYER_CLASSES[rule.buyerClass]),
    rule.category,
    rule.atDock && t('picking.rules.atDock'),
    rule.catchWeight && t('picking.rules.weighed'),
    rule.minSites !== null && t('picking.rules.sites', { count: rule.minSites }),
    rule.maxPacks !== null && t('picking.rules.packs', { count: rule.maxPacks }),
  ].filter(Boolean)
  return words.length > 0 ? words.join(' · ') : t('picking.rules.always')
}
