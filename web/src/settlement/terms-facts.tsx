import type { Reply } from '../app/api.ts'
import { t } from '../app/i18n.ts'
import { categoryWords } from '../coop/words.ts'
import { UnitPrice } from '../kit/amount.tsx'
import { Facts } from '../kit/page.tsx'
import { fullDay, percentOf } from './words.ts'
import './texts.ts'

/** What a supplier agreed to. */
export function TermsFacts({ terms }: { terms: Reply<'settlement.terms'>['items'][number] }) {
  const own = Object.entries(terms.feeBpByCategory)
  const other = own.map(([id, bp]) => `${categoryWords(id)} ${percentOf(bp)}`).join('，')
  return (
    <Facts
      of={[
        [t('terms.from'), fullDay(terms.validFrom)],
        [
          t('money.fee'),
          `${percentOf(terms.feeBp)}${other ? ` · ${t('money.feeOther', { list: other })}` : ''}`,
        ],
        [t('money.delivery'), <UnitPrice key="d" centifen={terms.deliveryFeeCentifen} unit="kg" />],
        [
          t('money.retention'),
          t('money.retentionTerm', { rate: percentOf(terms.retentionBp), months: terms.retentionMonths }),
        ],
        [t('money.rhythm'), t(`money.rhythm.${terms.rhythm}`)],
        [t('money.wait'), t('money.days', { days: terms.waitDays })],
      ]}
    />
  )
}
