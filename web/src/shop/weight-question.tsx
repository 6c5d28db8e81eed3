import { instantText } from '@huming/shared/days'
import { locale, t } from '../app/i18n.ts'
import { useAct } from '../app/query.ts'
import { useMay } from '../app/session.ts'
import { Money, Quantity } from '../kit/amount.tsx'
import { Button } from '../kit/button.tsx'
import { Note } from '../kit/states.tsx'
import { toast, toastProblem } from '../kit/toast.tsx'
import type { Order } from './order.tsx'

type Props = { line: Order['lines'][number]; orderId: string }

/** A weighed line above its tolerance: what is billed, what the rest would cost, and the buyer's word on it. */
export function WeightQuestion({ line, orderId }: Props) {
  const may = useMay()
  const answer = useAct('orders.answerWeight', {
    changes: ['orders.read', 'orders.list', 'orders.credit'],
    onDone: () => toast(t('shop.weight.answered')),
  })
  const { weight, baseUnit, deliveredQuantity } = line
  if (!weight) return null
  const open = weight.status === 'asked' && may('order.accept') && Date.parse(weight.answerBy) > Date.now()
  const say = (agree: boolean) =>
    answer.mutate({ params: { id: orderId, lineId: line.id }, body: { agree } }, { onError: toastProblem })
  return (
    <Note tone={weight.status === 'asked' ? 'warn' : 'info'}>
      <div className="stack" style={{ ['--gap' as string]: '8px' }}>
        <span>
          {t('shop.weight.is')} <Quantity base={deliveredQuantity ?? 0} baseUnit={baseUnit} />
          {t('shop.weight.billed')} <Quantity base={weight.billedQuantity} baseUnit={baseUnit} />
        </span>
        {weight.status === 'asked' ? (
          <span>
            {t('shop.weight.rest')} <Money fen={weight.excessFen} /> ·{' '}
            {t('shop.weight.by', { at: instantText(new Date(weight.answerBy), locale()) })}
          </span>
        ) : (
          <b>{t(`shop.weight.${weight.status}`)}</b>
        )}
        {open && (
          <div className="row">
            <Button tone="main" busy={answer.isPending} onClick={() => say(true)}>
              {t('shop.weight.agree')}
            </Button>
            <Button busy={answer.isPending} onClick={() => say(false)}>
              {t('shop.weight.decline')}
            </Button>
          </div>
        )}
      </div>
    </Note>
  )
}
