import { serviceDayOf } from '@huming/shared/days'
import { t } from '../app/i18n.ts'
import { ConfirmButton } from '../kit/dialog.tsx'
import { toastProblem } from '../kit/toast.tsx'
import './truck-texts.ts'

interface Props {
  rule: { readonly validFrom: string; readonly validTo: string }
  /** What is asked before. */
  text: string
  onEnd: (validTo: string) => Promise<unknown>
}

/** Ends a dated rule today; one that has not begun holds for its first day at least. Nothing where it ends by then. */
export function EndRule({ rule, text, onEnd }: Props) {
  const today = serviceDayOf(new Date())
  const validTo = rule.validFrom > today ? rule.validFrom : today
  if (rule.validTo <= validTo) return null
  return (
    <ConfirmButton
      label={t('truckRules.end')}
      title={t('truckRules.end')}
      text={text}
      onConfirm={() => onEnd(validTo).catch(toastProblem)}
    />
  )
}
