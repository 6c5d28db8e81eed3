import { ALLERGENS } from '@huming/shared/reference/allergens'
import { DISH_CLASS_NAMES } from '@huming/shared/reference/prepared-dish'
import type { Reply } from '../app/api.ts'
import { comma, locale, named, t } from '../app/i18n.ts'
import { useApi } from '../app/query.ts'
import { Badge } from '../kit/badge.tsx'
import { Card, Facts } from '../kit/page.tsx'
import { Loaded, Note } from '../kit/states.tsx'

type Label = Reply<'production.productLabels'>['items'][number]

const useLabels = (id: string) => useApi('production.productLabels', { params: { id } })

/** Marks a prepared dish (预制菜) where the product is named. */
export function DishMark({ productId }: { productId: string }) {
  const { data } = useLabels(productId)
  const isDish = data?.items.some((label) => label.preparedDishClass === 'prepared_dish')
  return isDish ? <Badge tone="warn">{named(DISH_CLASS_NAMES.prepared_dish)}</Badge> : null
}

/** What the label of each pack says: ingredients, allergens, storage, life, producer with its licence. */
export function ProductLabels({ productId }: { productId: string }) {
  const labels = useLabels(productId)
  return (
    <Card title={t('shop.label.title')}>
      <Loaded query={labels}>
        {({ items }) => (
          <div className="stack">
            {items.some((label) => label.preparedDishClass === 'prepared_dish') && (
              <Note tone="warn">{t('shop.label.dishNote')}</Note>
            )}
            {items.map((label) => (
              <section key={label.skuId}>
                {items.length > 1 && <h3>{label.spec}</h3>}
                <LabelFacts label={label} />
              </section>
            ))}
          </div>
        )}
      </Loaded>
    </Card>
  )
}

const dishWords = (dishClass: Label['preparedDishClass']): string =>
  dishClass ? named(DISH_CLASS_NAMES[dishClass]) : t('shop.label.unknown')

function LabelFacts({ label }: { label: Label }) {
  const dishClass = label.preparedDishClass
  const isFarmed = dishClass === 'agri' || dishClass === 'not_food'
  const ingredients = label.ingredients.map((one) => one.name).join(comma())
  return (
    <Facts
      of={[
        [t('shop.label.ingredients'), isFarmed ? null : ingredients || t('shop.label.unknown')],
        [
          t('shop.product.allergens'),
          label.allergens.length === 0
            ? t('shop.product.noAllergens')
            : label.allergens.map((id) => ALLERGENS[id][locale()]).join(comma()),
        ],
        [t('shop.label.storage'), label.storage],
        [t('shop.product.shelfLife'), t('shop.product.days', { days: label.shelfLifeDays })],
        [t('shop.label.producer'), label.producer],
        [t('shop.label.address'), label.producerAddress],
        [t('shop.label.licence'), label.scNumber],
        [t('shop.label.standard'), label.productStandard],
        [t('shop.label.dish'), isFarmed ? null : dishWords(dishClass)],
      ]}
    />
  )
}
