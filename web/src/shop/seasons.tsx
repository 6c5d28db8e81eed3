import { serviceDayOf } from '@huming/shared/days'
import { languageTag, t } from '../app/i18n.ts'
import { monthLevel, type Season } from './rules.ts'

/** 1月 … 12月, Jan … Dec. */
function monthNames(language: string): string[] {
  const name = new Intl.DateTimeFormat(language, { month: 'short', timeZone: 'UTC' })
  return Array.from({ length: 12 }, (_, month) => name.format(Date.UTC(2001, month, 15)))
}

/** The twelve months of the year, this one framed. */
export function Seasons({ seasons }: { seasons: readonly Season[] }) {
  if (seasons.length === 0) return <p>{t('shop.product.allYear')}</p>
  const months = monthNames(languageTag())
  const now = Number(serviceDayOf(new Date()).slice(5, 7))
  return (
    <ol className="shop-months">
      {Array.from({ length: 12 }, (_, index) => {
        const level = monthLevel(seasons, index + 1)
        return (
          <li key={index} data-level={level} aria-current={index + 1 === now ? 'date' : undefined}>
            {months[index]}
            <small>{level === 'off' ? '' : t(`shop.product.${level}`)}</small>
            {level === 'off' && <span className="sr-only">{t('shop.product.off')}</span>}
          </li>
        )
      })}
    </ol>
  )
}
