import { serviceDayOf } from '@huming/shared/days'
import { newId } from '@huming/shared/ids'
import { useState } from 'react'
import { useLocation, useSearchParams } from 'wouter'
import type { Reply } from '../app/api.ts'
import { t } from '../app/i18n.ts'
import { useAct, useApi } from '../app/query.ts'
import { AmountField } from '../coop/amount-field.tsx'
import { flawsOf } from '../coop/flaws.ts'
import { useSupplier } from '../coop/scope.tsx'
import { packingOf } from '../coop/words.ts'
import { Button } from '../kit/button.tsx'
import { RadioGroup, Select, TextField } from '../kit/field.tsx'
import { NumberField } from '../kit/number-field.tsx'
import { BottomBar, Card, PageHeader } from '../kit/page.tsx'
import { Loaded, ProblemNote } from '../kit/states.tsx'
import { toast } from '../kit/toast.tsx'
import './production.css'
import { bodyOf, draftOf, type RecipeDraft } from './recipe-draft.ts'
import { RecipeInputs } from './recipe-inputs.tsx'
import { RecipeSteps } from './recipe-steps.tsx'
import './texts.ts'
import { nameOf } from './words.ts'

type Recipe = Reply<'production.readRecipe'>
type Material = Reply<'production.listMaterials'>['items'][number]

/** Writes a recipe, or with `?from=` the next version of one. */
export function NewRecipe() {
  const { orgId, to } = useSupplier()
  const [search] = useSearchParams()
  const fromId = search.get('from')
  const from = useApi('production.readRecipe', { params: { id: fromId ?? '' } }, { enabled: fromId !== null })
  const materials = useApi('production.listMaterials', { query: { orgId } })
  return (
    <>
      <PageHeader
        title={t(fromId ? 'making.recipe.newVersion' : 'making.recipe.new')}
        back={to(fromId ? `/making/recipes/${fromId}` : '/making/recipes')}
      />
      <Loaded query={materials}>
        {({ items }) =>
          fromId ? (
            <Loaded query={from}>{(recipe) => <RecipeForm from={recipe} materials={items} />}</Loaded>
          ) : (
            <RecipeForm from={null} materials={items} />
          )
        }
      </Loaded>
    </>
  )
}

function RecipeForm({ from, materials }: { from: Recipe | null; materials: readonly Material[] }) {
  const { to } = useSupplier()
  const [, go] = useLocation()
  const [id] = useState(newId)
  const [today] = useState(() => serviceDayOf(new Date()))
  const [draft, setDraft] = useState(() => draftOf(from, today))
  const set = (patch: Partial<RecipeDraft>) => setDraft((before) => ({ ...before, ...patch }))
  const write = useAct('production.writeRecipe', {
    changes: ['production.listRecipes', 'production.readRecipe', 'production.demand'],
    onDone: () => {
      toast(t('making.recipe.saved'))
      go(to(`/making/recipes/${id}`), { replace: true })
    },
  })
  const body = bodyOf(draft)
  return (
    <div className="stack coop-form">
      <Head
        draft={draft}
        set={set}
        isNew={from === null}
        materials={materials}
        today={today}
        error={write.error}
      />
      <RecipeInputs
        inputs={draft.inputs}
        onInputs={(inputs) => set({ inputs })}
        flaw={flawsOf(write.error)}
        besides={draft.pack?.skuId}
      />
      <RecipeSteps steps={draft.steps} onSteps={(steps) => set({ steps })} flaw={flawsOf(write.error)} />
      <Card>
        <TextField
          label={t('making.recipe.note')}
          optional
          maxLength={500}
          value={draft.note}
          onText={(note) => set({ note })}
        />
      </Card>
      <ProblemNote error={write.error} />
      <BottomBar>
        <Button
          tone="main"
          size="l"
          full
          busy={write.isPending}
          refused={body ? undefined : t('making.incomplete')}
          onClick={() => body && write.mutate({ params: { id }, body })}
        >
          {t('making.recipe.save')}
        </Button>
      </BottomBar>
    </div>
  )
}

interface HeadProps {
  draft: RecipeDraft
  set: (patch: Partial<RecipeDraft>) => void
  isNew: boolean
  materials: readonly Material[]
  today: string
  error: unknown
}

/** What is made, how much of it, and from when on. */
function Head({ draft, set, isNew, materials, today, error }: HeadProps) {
  const { orgId } = useSupplier()
  const flaw = flawsOf(error)
  const own = materials.filter((one) => one.orgId === orgId)
  const { pack } = draft
  return (
    <Card>
      {isNew ? (
        <Select
          label={t('making.recipe.product')}
          size="l"
          value={pack?.skuId ?? ''}
          placeholder={t('coop.choose')}
          options={own.map((one) => ({ value: one.skuId, label: `${nameOf(one)} · ${one.spec}` }))}
          onPick={(skuId) => set({ pack: own.find((one) => one.skuId === skuId) ?? null })}
          error={flaw('/body/skuId')}
        />
      ) : (
        <b>
          {pack && nameOf(pack)} · {pack?.spec}
        </b>
      )}
      <RadioGroup
        label={t('making.recipe.kind')}
        value={draft.kind}
        options={[
          { value: 'process', label: t('making.batch.kind.process') },
          { value: 'repack', label: t('making.batch.kind.repack') },
        ]}
        onPick={(kind) => set({ kind })}
      />
      {pack && (
        <AmountField
          key={pack.skuId}
          label={t('making.recipe.batchQuantity')}
          units={[
            ...new Set([
              pack.baseUnit === 'g' ? 'kg' : pack.baseUnit === 'ml' ? 'litre' : 'piece',
              pack.orderUnit,
            ] as const),
          ]}
          packing={packingOf(pack)}
          base={draft.batchQuantity}
          onBase={(batchQuantity) => set({ batchQuantity })}
        />
      )}
      <div className="coop-two">
        <NumberField
          label={t('making.recipe.tolerance')}
          after="%"
          min={0}
          max={50}
          decimals={1}
          value={draft.tolerancePercent}
          onNumber={(tolerancePercent) => set({ tolerancePercent })}
        />
        <TextField
          label={t('making.recipe.validFrom')}
          type="date"
          min={today}
          value={draft.validFrom}
          onText={(validFrom) => set({ validFrom })}
          error={flaw('/body/validFrom')}
        />
      </div>
    </Card>
  )
}
