import { useState } from 'react'
import { useParams } from 'wouter'
import type { Reply } from '../app/api.ts'
import { t } from '../app/i18n.ts'
import { useAct, useApi } from '../app/query.ts'
import { useMay } from '../app/session.ts'
import { useSupplier } from '../coop/scope.tsx'
import { dayWords } from '../coop/words.ts'
import { Badge } from '../kit/badge.tsx'
import { Button, LinkButton } from '../kit/button.tsx'
import { Dialog } from '../kit/dialog.tsx'
import { TextField } from '../kit/field.tsx'
import { Card, Facts, PageHeader } from '../kit/page.tsx'
import { Loaded, ProblemNote } from '../kit/states.tsx'
import './production.css'
import { RecipeState } from './recipes.tsx'
import './texts.ts'
import { allergenWords, amount, limitWords, nameOf, percentOf } from './words.ts'

export type Recipe = Reply<'production.readRecipe'>

/** One version of a recipe. */
export function RecipePage() {
  const { id = '' } = useParams<{ id: string }>()
  const recipe = useApi('production.readRecipe', { params: { id } })
  return <Loaded query={recipe}>{(found) => <RecipeView recipe={found} />}</Loaded>
}

function RecipeView({ recipe }: { recipe: Recipe }) {
  const { to } = useSupplier()
  const writes = useMay()('production.write')
  return (
    <>
      <PageHeader
        title={nameOf(recipe)}
        back={to('/making/recipes')}
        sub={
          <>
            <RecipeState recipe={recipe} />
            <span>{t('making.recipe.version', { version: recipe.version })}</span>
            {recipe.isSample && <Badge>{t('app.sampleMark')}</Badge>}
          </>
        }
      >
        {writes && (
          <>
            <LinkButton to={to(`/making/recipes/new?from=${recipe.id}`)} icon="edit">
              {t('making.recipe.newVersion')}
            </LinkButton>
            {!recipe.retired && (
              <LinkButton to={to(`/making/plan?recipe=${recipe.id}`)} tone="main" icon="plus">
                {t('making.plan')}
              </LinkButton>
            )}
          </>
        )}
      </PageHeader>
      <div className="stack coop-page">
        <Card
          title={t('making.recipe.inputs')}
          side={
            <b className="num">
              {t('making.recipe.gives', { amount: amount(recipe.batchQuantity, recipe) })}
            </b>
          }
        >
          <ul className="coop-list">
            {recipe.inputs.map((input) => (
              <li key={input.skuId} className="coop-line">
                <span className="grow">
                  <b>{nameOf(input)}</b>
                  <span className="muted small">
                    {input.supplier}
                    {input.lossBp > 0 &&
                      ` · ${t('making.recipe.loss')} ${percentOf(input.lossBp)} · ${t('making.recipe.gross', { amount: amount(input.gross, input) })}`}
                  </span>
                </span>
                <b className="num">{amount(input.quantity, input)}</b>
              </li>
            ))}
          </ul>
        </Card>
        {recipe.steps.length > 0 && (
          <Card title={t('making.recipe.steps')}>
            <ol className="coop-list">
              {recipe.steps.map((step) => (
                <li key={step.seq} className="coop-line">
                  <span className="grow">
                    <b>
                      {step.seq}. {step.name}
                    </b>
                    <span className="muted small">
                      {step.minutes !== null && t('making.run.minutes', { count: step.minutes })}
                    </span>
                  </span>
                  {limitWords(step) !== '' && <Badge tone="info">{limitWords(step)}</Badge>}
                </li>
              ))}
            </ol>
          </Card>
        )}
        <Card
          side={
            <LinkButton to={to(`/making/labels/${recipe.skuId}`)} tone="quiet" icon="document">
              {t('making.recipe.label')}
            </LinkButton>
          }
        >
          <Facts
            of={[
              [t('making.recipe.kind'), t(`making.batch.kind.${recipe.kind}`)],
              [t('making.recipe.product'), `${recipe.spec} · ${recipe.skuCode}`],
              [t('making.recipe.validFrom'), dayWords(recipe.validFrom)],
              [t('making.recipe.tolerance'), `± ${percentOf(recipe.toleranceBp)}`],
              [t('making.recipe.allergens'), allergenWords(recipe.allergens)],
              [t('making.recipe.note'), recipe.note],
            ]}
          />
        </Card>
        {writes && !recipe.retired && <Retire recipe={recipe} />}
      </div>
    </>
  )
}

function Retire({ recipe }: { recipe: Recipe }) {
  const [open, setOpen] = useState(false)
  const [reason, setReason] = useState('')
  const retire = useAct('production.retireRecipe', {
    changes: ['production.readRecipe', 'production.listRecipes', 'production.demand'],
    onDone: () => setOpen(false),
  })
  const foot = (
    <Button
      tone="danger"
      busy={retire.isPending}
      refused={reason.trim() ? undefined : t('making.incomplete')}
      onClick={() => retire.mutate({ params: { id: recipe.id }, body: { reason } })}
    >
      {t('making.recipe.retire')}
    </Button>
  )
  return (
    <div className="row">
      <Button tone="quiet" icon="trash" onClick={() => setOpen(true)}>
        {t('making.recipe.retire')}
      </Button>
      <Dialog open={open} onClose={() => setOpen(false)} title={t('making.recipe.retire')} foot={foot}>
        <div className="stack">
          <p>{t('making.recipe.retireText')}</p>
          <ProblemNote error={retire.error} />
          <TextField label={t('making.reason')} maxLength={200} value={reason} onText={setReason} autoFocus />
        </div>
      </Dialog>
    </div>
  )
}
