import { t } from '../app/i18n.ts'
import { useApi } from '../app/query.ts'
import { Dialog } from '../kit/dialog.tsx'
import { Loaded, Note, ProgressBar } from '../kit/states.tsx'
import { dayWords, quantityWords } from './words.ts'

const percent = (bp: number): number => Math.round(bp / 100)

/** Why so much of a forecast is sold ahead: week by week, said against brought. */
export function TrustDialog({ skuId, onClose }: { skuId: string; onClose: () => void }) {
  const why = useApi('forecasts.readConfidence', { params: { skuId } })
  const bp = why.data?.bp
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('trust.title', { percent: bp === undefined ? '…' : percent(bp) })}
    >
      <Loaded query={why}>{(one) => <Trust one={one} />}</Loaded>
    </Dialog>
  )
}

type One = NonNullable<ReturnType<typeof useApi<'forecasts.readConfidence'>>['data']>

/** The explanation itself, for the supplier and for operations. */
export function Trust({ one }: { one: One }) {
  const { terms, weeks } = one
  return (
    <div className="stack">
      <p>
        {t('trust.how', {
          weeks: terms.weeksBack,
          prior: percent(terms.priorBp),
          ceiling: percent(terms.ceilingBp),
          floor: percent(terms.floorBp),
        })}
      </p>
      {one.source === 'override' && one.overrideUntil && (
        <Note tone="warn">
          {t('trust.override', { day: dayWords(one.overrideUntil), reason: one.overrideReason })}
        </Note>
      )}
      {weeks.length === 0 && <Note>{t('trust.prior')}</Note>}
      <ul className="coop-list">
        {weeks.map((week) => (
          <li key={week.week} className="stack" style={{ ['--gap' as string]: '4px' }}>
            <span className="muted small">{t('forecast.from', { day: dayWords(week.week) })}</span>
            <b>
              {t('trust.week', {
                said: quantityWords(week.said, one),
                brought: quantityWords(week.brought, one),
              })}
            </b>
            {week.weight > 0 ? (
              <>
                <span className="small">{t('trust.kept', { percent: percent(week.keptBp) })}</span>
                <ProgressBar
                  label={t('trust.kept', { percent: percent(week.keptBp) })}
                  done={week.keptBp}
                  total={10_000}
                  tone={week.keptBp >= 9000 ? 'good' : 'warn'}
                  hideText
                />
                {week.asked > 0 && (
                  <span className="muted small">
                    {t('trust.asked', { asked: quantityWords(week.asked, one) })}
                  </span>
                )}
              </>
            ) : (
              <span className="muted small">{t('trust.noCount')}</span>
            )}
          </li>
        ))}
      </ul>
    </div>
  )
}
