import { newId } from '@huming/shared/ids'
import { ADDITIVE_CLASS_IDS, ADDITIVE_CLASSES, type AdditiveClass } from '@huming/shared/reference/additives'
import { ALLERGEN_IDS, ALLERGENS, type Allergen } from '@huming/shared/reference/allergens'
import { CATEGORIES } from '@huming/shared/reference/categories'
import { ZONE_IDS, ZONES, type Zone } from '@huming/shared/reference/zones'
import type { BaseUnit } from '@huming/shared/units'
import { useState } from 'react'
import { useLocation } from 'wouter'
import { named, t } from '../app/i18n.ts'
import { useAct } from '../app/query.ts'
import { flawsOf } from '../coop/flaws.ts'
import { useSupplier } from '../coop/scope.tsx'
import { categoryWords } from '../coop/words.ts'
import { Button } from '../kit/button.tsx'
import { Segmented } from '../kit/choose.tsx'
import { Checkbox, Select, TextField } from '../kit/field.tsx'
import { NumberField } from '../kit/number-field.tsx'
import { BottomBar, Card, PageHeader } from '../kit/page.tsx'
import { ProblemNote } from '../kit/states.tsx'
import { toast } from '../kit/toast.tsx'
import './production.css'
import './texts.ts'

const kinds = ['ingredient', 'additive', 'packaging'] as const
const units = ['g', 'ml', 'piece'] as const

const first = {
  name: '',
  category: 'A4',
  kind: 'ingredient' as (typeof kinds)[number],
  additiveClass: '' as AdditiveClass | '',
  spec: '',
  baseUnit: 'g' as BaseUnit,
  zone: 'ambient' as Zone,
  shelfLifeDays: 180 as number | null,
  allergens: [] as Allergen[],
}

/** A material that is bought and used, never offered. */
export function NewMaterial() {
  const { orgId, to } = useSupplier()
  const [, go] = useLocation()
  const [id] = useState(newId)
  const [draft, setDraft] = useState(first)
  const set = (patch: Partial<typeof first>) => setDraft((before) => ({ ...before, ...patch }))
  const write = useAct('production.writeMaterial', {
    changes: ['production.listMaterials'],
    onDone: () => {
      toast(t('making.material.saved'))
      go(to(`/making/store/buy?material=${id}`), { replace: true })
    },
  })
  const flaw = flawsOf(write.error)
  const { shelfLifeDays, additiveClass } = draft
  const isAdditive = draft.kind === 'additive'
  const ready =
    draft.name.trim() && draft.spec.trim() && shelfLifeDays !== null && (!isAdditive || additiveClass !== '')
  const submit = () => {
    if (!orgId || shelfLifeDays === null) return
    const body = { ...draft, orgId, shelfLifeDays, additiveClass: isAdditive ? additiveClass || null : null }
    write.mutate({ params: { id }, body })
  }
  const groups = CATEGORIES.filter((one) => (draft.kind === 'packaging') === (one.nature === 'food_related'))
  const pickKind = (kind: (typeof kinds)[number]) =>
    set({
      kind,
      category: kind === 'packaging' ? 'D1' : kind === 'additive' ? 'C5' : 'A4',
      baseUnit: kind === 'packaging' ? 'piece' : 'g',
    })
  return (
    <>
      <PageHeader title={t('making.material.new')} back={to('/making/store')} />
      <div className="stack coop-form">
        <Card>
          <Segmented
            label={t('making.material.kind')}
            value={draft.kind}
            options={kinds.map((value) => ({ value, label: t(`making.material.kind.${value}`) }))}
            onPick={pickKind}
          />
          <div className="coop-two">
            <TextField
              label={t('making.material.name')}
              maxLength={60}
              value={draft.name}
              onText={(name) => set({ name })}
            />
            <TextField
              label={t('making.material.spec')}
              maxLength={80}
              value={draft.spec}
              onText={(spec) => set({ spec })}
            />
            <Select
              label={t('making.material.category')}
              value={draft.category}
              options={groups.map((one) => ({ value: one.id as string, label: categoryWords(one.id) }))}
              onPick={(category) => set({ category })}
            />
            {isAdditive && (
              <Select
                label={t('making.material.additiveClass')}
                value={additiveClass}
                placeholder={t('coop.choose')}
                options={ADDITIVE_CLASS_IDS.map((value) => ({
                  value,
                  label: named(ADDITIVE_CLASSES[value]),
                }))}
                onPick={(value) => set({ additiveClass: value })}
                error={flaw('/body/additiveClass')}
              />
            )}
            <Select
              label={t('making.material.unit')}
              value={draft.baseUnit}
              options={units.map((value) => ({ value, label: t(`making.material.unit.${value}`) }))}
              onPick={(baseUnit) => set({ baseUnit })}
            />
            <Select
              label={t('making.material.zone')}
              value={draft.zone}
              options={ZONE_IDS.map((value) => ({ value, label: named(ZONES[value]) }))}
              onPick={(zone) => set({ zone })}
            />
            <NumberField
              label={t('making.material.shelfLife')}
              after={t('coop.days')}
              min={1}
              max={3650}
              value={shelfLifeDays}
              onNumber={(days) => set({ shelfLifeDays: days })}
            />
          </div>
          <Allergens chosen={draft.allergens} onChosen={(allergens) => set({ allergens })} />
        </Card>
        <ProblemNote error={write.error} />
        <BottomBar>
          <Button
            tone="main"
            size="l"
            full
            busy={write.isPending}
            refused={ready ? undefined : t('making.incomplete')}
            onClick={submit}
          >
            {t('making.material.new')}
          </Button>
        </BottomBar>
      </div>
    </>
  )
}

function Allergens(props: { chosen: readonly Allergen[]; onChosen: (chosen: Allergen[]) => void }) {
  const { chosen, onChosen } = props
  return (
    <fieldset className="coop-allergens">
      <legend>{t('making.material.allergens')}</legend>
      {ALLERGEN_IDS.map((one) => (
        <Checkbox
          key={one}
          label={named(ALLERGENS[one])}
          checked={chosen.includes(one)}
          onCheck={(on) => onChosen(on ? [...chosen, one] : chosen.filter((other) => other !== one))}
        />
      ))}
    </fieldset>
  )
}
