import { addDays, isServiceDay, serviceDayOf } from '@huming/shared/days'
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
import { Badge } from '../kit/badge.tsx'
import { Button, LinkButton } from '../kit/button.tsx'
import { Select, TextField } from '../kit/field.tsx'
import { BottomBar, Card, PageHeader } from '../kit/page.tsx'
import { EmptyState, Loaded, Note, ProblemNote } from '../kit/states.tsx'
import { toast } from '../kit/toast.tsx'
import './production.css'
import './texts.ts'
import { amount, nameOf } from './words.ts'

type Recipe = Reply<'production.listRecipes'>['items'][number]

/** Plans a batch: which recipe, how much, for where and when; shows at once what it takes and what is missing. */
export function PlanBatch() {
  const { orgId, to } = useSupplier()
  const [search, setSearch] = useSearchParams()
  const recipes = useApi('production.listRecipes', { query: { orgId, limit: 200 } })
  const usable = (recipes.data?.items ?? []).filter((recipe) => !recipe.retired)
  const chosen = usable.find((recipe) => recipe.id === search.get('recipe'))
  return (
    <>
      <PageHeader title={t('making.plan')} back={to('/making')} />
      <Loaded
        query={recipes}
        empty={{
          when: () => usable.length === 0,
          show: (
            <EmptyState
              icon="document"
              title={t('making.plan.noRecipes')}
              text={t('making.plan.noRecipesText')}
            >
              <LinkButton to={to('/making/recipes/new')} tone="main" icon="plus">
                {t('making.recipe.new')}
              </LinkButton>
            </EmptyState>
          ),
        }}
      >
        {() => (
          <div className="stack coop-form">
            <Card>
              <Select
                label={t('making.plan.recipe')}
                size="l"
                value={chosen?.id ?? ''}
                placeholder={t('coop.choose')}
                options={usable.map((recipe) => ({ value: recipe.id, label: recipeWords(recipe) }))}
                onPick={(recipe) => setSearch({ recipe }, { replace: true })}
              />
            </Card>
            {chosen && <PlanForm key={chosen.id} recipe={chosen} />}
          </div>
        )}
      </Loaded>
    </>
  )
}

const recipeWords = (recipe: Recipe): string =>
  `${nameOf(recipe)} · ${recipe.spec} · ${t('making.recipe.version', { version: recipe.version })}`

const ownStore = 'store'

function PlanForm({ recipe }: { recipe: Recipe }) {
  const { to } = useSupplier()
  const [, go] = useLocation()
  const [search] = useSearchParams()
  const hubs = useApi('orders.hubs')
  const lotId = search.get('lot')
  const lot = useApi('stock.readLot', { params: { id: lotId ?? '' } }, { enabled: lotId !== null })
  const [id] = useState(newId)
  const [today] = useState(() => serviceDayOf(new Date()))
  const [quantity, setQuantity] = useState<number | null>(
    Number(search.get('quantity')) || recipe.batchQuantity,
  )
  const [day, setDay] = useState<string>(recipe.validFrom > today ? recipe.validFrom : today)
  const [hubId, setHubId] = useState(search.get('hub') ?? (search.get('quantity') ? ownStore : ''))
  const plan = useAct('production.planBatch', {
    changes: ['production.listBatches', 'production.demand', 'stock.listLots'],
    onDone: () => {
      toast(t('making.plan.done'))
      go(to(`/making/batches/${id}`))
    },
  })
  const central = hubs.data?.items.find((hub) => hub.kind === 'central') ?? hubs.data?.items[0]
  const bound = lot.data?.hubId ?? (hubId || central?.id || '')
  const ready = quantity !== null && isServiceDay(day) && bound !== ''
  const flaw = flawsOf(plan.error)
  const submit = () => {
    if (quantity === null) return
    plan.mutate({
      params: { id },
      body: { recipeId: recipe.id, hubId: bound === ownStore ? null : bound, quantity, day, lotId },
    })
  }
  return (
    <>
      <Card>
        {lot.data && <Note>{t('making.plan.forLot', { lot: lot.data.code })}</Note>}
        <AmountField
          label={t('making.plan.quantity')}
          size="l"
          units={[
            ...new Set([
              recipe.orderUnit,
              recipe.baseUnit === 'g' ? 'kg' : recipe.baseUnit === 'ml' ? 'litre' : 'piece',
            ] as const),
          ]}
          packing={packingOf(recipe)}
          base={quantity}
          onBase={setQuantity}
          error={flaw('/body/quantity')}
        />
        <div className="coop-two">
          <TextField
            label={t('making.plan.day')}
            type="date"
            min={today}
            max={addDays(today, 60)}
            value={day}
            onText={setDay}
            error={flaw('/body/day')}
          />
          {!lotId && (
            <Select
              label={t('making.plan.hub')}
              value={bound}
              options={[
                ...(hubs.data?.items ?? []).map((hub) => ({ value: hub.id, label: hub.name })),
                { value: ownStore, label: t('making.plan.ownStore') },
              ]}
              onPick={setHubId}
            />
          )}
        </div>
      </Card>
      <Needs recipe={recipe} quantity={quantity ?? recipe.batchQuantity} />
      <ProblemNote error={plan.error} />
      <BottomBar>
        <Button
          tone="main"
          size="l"
          full
          busy={plan.isPending}
          refused={ready ? undefined : t('making.incomplete')}
          onClick={submit}
        >
          {t('making.plan.submit')}
        </Button>
      </BottomBar>
    </>
  )
}

/** What a batch of this size takes of each input, against the store. The server says it again when it is planned. */
function Needs({ recipe, quantity }: { recipe: Recipe; quantity: number }) {
  const { orgId } = useSupplier()
  const materials = useApi('production.listMaterials', { query: { orgId } })
  const stock = new Map((materials.data?.items ?? []).map((one) => [one.skuId, one.onHand]))
  return (
    <Card title={t('making.plan.needs')}>
      <p className="muted small">{t('making.plan.needsHint')}</p>
      <ul className="coop-list">
        {recipe.inputs.map((input) => {
          const needed = Math.ceil((input.gross * quantity) / recipe.batchQuantity)
          const onHand = stock.get(input.skuId) ?? 0
          return (
            <li key={input.skuId} className="coop-line">
              <span className="grow">
                <b>{nameOf(input)}</b>
                <span className="muted small">
                  {t('making.plan.have', { amount: amount(onHand, input) })} · {input.supplier}
                </span>
              </span>
              <b className="num">{amount(needed, input)}</b>
              {materials.data && onHand < needed && (
                <Badge tone="warn">
                  {t('making.plan.missing', { amount: amount(needed - onHand, input) })}
                </Badge>
              )}
            </li>
          )
        })}
      </ul>
    </Card>
  )
}
