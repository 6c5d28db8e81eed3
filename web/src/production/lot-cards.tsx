import { DISH_CLASS_NAMES } from '@huming/shared/reference/prepared-dish'
import { addressOf } from '../app/api.ts'
import { comma, named, t } from '../app/i18n.ts'
import { useApi } from '../app/query.ts'
import { dayWords } from '../coop/words.ts'
import { Card, Facts } from '../kit/page.tsx'
import { Loaded } from '../kit/states.tsx'
import { Genealogy } from './genealogy.tsx'
import './production.css'
import './texts.ts'
import { allergenWords } from './words.ts'

/** On the page of a lot: its label and its genealogy. */
export function LotCards({ lotId }: { lotId: string }) {
  const label = useApi('production.lotLabel', { params: { id: lotId } })
  return (
    <>
      <Genealogy lotId={lotId} />
      <Loaded query={label}>
        {(found) => (
          <Card
            title={t('making.label.ofLot')}
            side={
              <a
                className="making-print"
                href={addressOf('production.printLabel', { params: { id: lotId } })}
                target="_blank"
                rel="noreferrer"
              >
                {t('making.label.print')}
              </a>
            }
          >
            <Facts
              of={[
                [t('making.label.ingredients'), found.ingredients.map((one) => one.name).join(comma())],
                [t('making.label.allergens'), allergenWords(found.allergens)],
                [t('making.label.standard'), found.productStandard],
                [t('making.label.licence'), found.scNumber],
                [t('making.label.storage'), found.storage],
                [t('making.run.madeOn'), found.madeOn && dayWords(found.madeOn)],
                [t('making.material.shelfLife'), t('making.label.shelfLife', { days: found.shelfLifeDays })],
                [t('making.receipt.useBy'), dayWords(found.useByDay)],
                [
                  t('making.label.producer'),
                  [found.producer, found.producerAddress].filter(Boolean).join(' · '),
                ],
                [
                  t('making.label.dish'),
                  found.preparedDishClass && named(DISH_CLASS_NAMES[found.preparedDishClass]),
                ],
              ]}
            />
          </Card>
        )}
      </Loaded>
    </>
  )
}
