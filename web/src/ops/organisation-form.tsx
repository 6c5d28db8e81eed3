import { SANMING_COUNTIES, SHANGHAI_DISTRICTS } from '@huming/shared/districts'
import { parseYuan } from '@huming/shared/money'
import { type OrgKind, orgKinds } from '@huming/shared/permissions'
import { BUYER_CLASS_IDS, BUYER_CLASSES } from '@huming/shared/reference/buyer-classes'
import { useState } from 'react'
import type { Reply } from '../app/api.ts'
import { named, t } from '../app/i18n.ts'
import { useAct } from '../app/query.ts'
import { Button } from '../kit/button.tsx'
import { Drawer } from '../kit/dialog.tsx'
import { Checkbox, Select, TextField } from '../kit/field.tsx'
import { ProblemNote } from '../kit/states.tsx'
import { toast } from '../kit/toast.tsx'

type Known = Reply<'accounts.readOrganisation'>
type Draft = {
  kind: OrgKind
  name: string
  shortName: string
  uscc: string
  buyerClass: string
  divisionCode: string
  credit: string
  approval: string
  suspended: boolean
}

const districts = [...SHANGHAI_DISTRICTS, ...SANMING_COUNTIES]

const draftOf = (org?: Known): Draft => ({
  kind: org?.kind ?? 'buyer',
  name: org?.name ?? '',
  shortName: org?.shortName ?? '',
  uscc: org?.uscc ?? '',
  buyerClass: org?.buyerClass ?? 'snack_shop',
  divisionCode: org?.divisionCode ?? '310114',
  credit: '',
  approval: '',
  suspended: org?.suspended ?? false,
})

/** An amount of yuan as typed: fen, null when empty, undefined when it is none. */
const fenOf = (text: string): number | null | undefined =>
  text.trim() === '' ? null : (parseYuan(text) ?? undefined)

/** Registers an organisation, or changes one. */
export function OrganisationForm(props: {
  id: string
  org?: Known
  onClose: () => void
  onSaved: (id: string) => void
}) {
  const [draft, setDraft] = useState(() => draftOf(props.org))
  const change = (part: Partial<Draft>) => setDraft((before) => ({ ...before, ...part }))
  const save = useAct('accounts.writeOrganisation', {
    changes: ['accounts.listOrganisations', 'accounts.readOrganisation'],
    onDone: (org) => {
      toast(t('ops.orgs.saved'))
      props.onSaved(org.id)
      props.onClose()
    },
  })
  const [credit, approval] = [fenOf(draft.credit), fenOf(draft.approval)]
  const submit = () => {
    if (credit === undefined || approval === undefined) return
    const { credit: _c, approval: _a, uscc, buyerClass, ...rest } = draft
    const body = {
      ...rest,
      uscc: uscc.trim() || null,
      buyerClass: draft.kind === 'buyer' ? buyerClass : null,
      creditLimitFen: credit,
      approvalAboveFen: approval,
    }
    save.mutate({ params: { id: props.id }, body })
  }
  const foot = (
    <Button
      tone="main"
      busy={save.isPending}
      refused={draft.name && draft.shortName ? undefined : t('ops.orgs.name')}
      onClick={submit}
    >
      {t('kit.save')}
    </Button>
  )
  const yuanError = (fen: number | null | undefined) =>
    fen === undefined ? t('ops.orgs.badYuan') : undefined
  return (
    <Drawer open onClose={props.onClose} title={t(props.org ? 'ops.orgs.edit' : 'ops.orgs.new')} foot={foot}>
      <div className="stack">
        <ProblemNote error={save.error} />
        {!props.org && (
          <Select
            label={t('ops.orgs.kind')}
            value={draft.kind}
            options={orgKinds.map((value) => ({ value, label: t(`ops.kind.${value}`) }))}
            onPick={(kind) => change({ kind })}
          />
        )}
        <TextField
          label={t('ops.orgs.name')}
          value={draft.name}
          maxLength={80}
          required
          onText={(name) => change({ name })}
        />
        <TextField
          label={t('ops.orgs.shortName')}
          value={draft.shortName}
          maxLength={20}
          required
          onText={(shortName) => change({ shortName })}
        />
        {draft.kind === 'buyer' && (
          <Select
            label={t('ops.orgs.class')}
            value={draft.buyerClass}
            options={BUYER_CLASS_IDS.map((value) => ({
              value: value as string,
              label: named(BUYER_CLASSES[value]),
            }))}
            onPick={(buyerClass) => change({ buyerClass })}
          />
        )}
        <Select
          label={t('ops.orgs.division')}
          value={draft.divisionCode}
          options={districts.map((one) => ({ value: one.code, label: named(one.name) }))}
          onPick={(divisionCode) => change({ divisionCode })}
        />
        <TextField
          label={t('ops.orgs.uscc')}
          optional
          value={draft.uscc}
          maxLength={18}
          onText={(uscc) => change({ uscc: uscc.toUpperCase() })}
        />
        {draft.kind === 'buyer' && (
          <>
            <TextField
              label={t('ops.orgs.credit')}
              optional
              inputMode="decimal"
              value={draft.credit}
              error={yuanError(credit)}
              onText={(text) => change({ credit: text })}
            />
            <TextField
              label={t('ops.orgs.approval')}
              optional
              inputMode="decimal"
              value={draft.approval}
              error={yuanError(approval)}
              onText={(text) => change({ approval: text })}
            />
          </>
        )}
        <Checkbox
          label={t('ops.orgs.suspended')}
          checked={draft.suspended}
          onCheck={(suspended) => change({ suspended })}
        />
      </div>
    </Drawer>
  )
}
