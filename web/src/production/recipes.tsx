import { Link } from 'wouter'
import type { Reply } from '../app/api.ts'
import { comma, t } from '../app/i18n.ts'
import { usePages } from '../app/query.ts'
import { useMay } from '../app/session.ts'
import { useSupplier } from '../coop/scope.tsx'
import { dayWords } from '../coop/words.ts'
import { Badge } from '../kit/badge.tsx'
import { Button, LinkButton } from '../kit/button.tsx'
import { Card, PageHeader } from '../kit/page.tsx'
import { EmptyState, Loaded } from '../kit/states.tsx'
import './production.css'
import './texts.ts'
import { amount, nameOf } from './words.ts'

type Recipe = Reply<'production.listRecipes'>['items'][number]

/** Recipes of the maker, newest version first. */
export function Recipes() {
  const { orgId, to } = useSupplier()
  const may = useMay()
  const { items, more, query } = usePages('production.listRecipes', { query: { orgId } })
  const add = may('production.write') && (
    <LinkButton to={to('/making/recipes/new')} tone="main" icon="plus">
      {t('making.recipe.new')}
    </LinkButton>
  )
  return (
    <>
      <PageHeader title={t('making.recipes')} back={to('/making')}>
        {add}
      </PageHeader>
      <Loaded
        query={query}
        empty={{
          when: () => items.length === 0,
          show: (
            <EmptyState icon="document" title={t('making.recipe.none')} text={t('making.recipe.noneText')}>
              {add}
            </EmptyState>
          ),
        }}
      >
        {() => (
          <div className="stack coop-page">
            <Card>
              <ul className="coop-list">
                {items.map((recipe) => (
                  <li key={recipe.id}>
                    <Link to={to(`/making/recipes/${recipe.id}`)} className="coop-line">
                      <span className="grow">
                        <b>{nameOf(recipe)}</b>
                        <span className="muted small">
                          {t('making.recipe.version', { version: recipe.version })} ·{' '}
                          {t('making.recipe.gives', { amount: amount(recipe.batchQuantity, recipe) })} ·{' '}
                          {recipe.inputs.map(nameOf).join(comma())}
                        </span>
                      </span>
                      {recipe.isSample && <Badge>{t('app.sampleMark')}</Badge>}
                      <RecipeState recipe={recipe} />
                    </Link>
                  </li>
                ))}
              </ul>
            </Card>
            {more.on && (
              <Button busy={more.busy} onClick={more.read}>
                {t('kit.more')}
              </Button>
            )}
          </div>
        )}
      </Loaded>
    </>
  )
}

/** In force, to come, older or retired. */
export function RecipeState({ recipe }: { recipe: Pick<Recipe, 'retired' | 'inForce' | 'validFrom'> }) {
  const today = new Date().toISOString().slice(0, 10)
  if (recipe.retired) return <Badge>{t('making.recipe.retired')}</Badge>
  if (recipe.inForce) return <Badge tone="good">{t('making.recipe.inForce')}</Badge>
  if (recipe.validFrom > today)
    return <Badge tone="info">{t('making.recipe.later', { day: dayWords(recipe.validFrom) })}</Badge>
  return <Badge>{t('making.recipe.older')}</Badge>
}
