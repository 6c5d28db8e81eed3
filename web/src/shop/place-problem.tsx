import { useLocation } from 'wouter'
import { type ApiProblem, sentenceOf } from '../app/api.ts'
import { t } from '../app/i18n.ts'
import { useApi } from '../app/query.ts'
import { Money } from '../kit/amount.tsx'
import { Button, LinkButton } from '../kit/button.tsx'
import { Dialog } from '../kit/dialog.tsx'
import { Facts } from '../kit/page.tsx'
import { Note } from '../kit/states.tsx'
import { basketToChange } from './basket-store.ts'
import { useShopping } from './shopping.tsx'
import type { usePlace } from './use-place.ts'
import { dayWords } from './words.ts'

type PlaceProps = { place: ReturnType<typeof usePlace> }
type ProblemProps = PlaceProps & { problem: ApiProblem }

/** Why the order was refused, and the way on from there. */
export function PlaceProblem({ place }: PlaceProps) {
  const { basket, day } = useShopping()
  const { lines, version } = basket
  const problem = place.error
  // What was refused may be no more what is asked.
  if (!problem || !place.refused({ lines, version, day })) return null
  if (problem.code === 'total_changed') return <NewTotal place={place} problem={problem} />
  return (
    <Note tone="bad">
      {problem.code === 'id_reused' ? t('shop.basket.already') : sentenceOf(problem)}
      <WayOn problem={problem} />
    </Note>
  )
}

function WayOn({ problem: { code } }: { problem: ApiProblem }) {
  const { day, days, pickDay, basket } = useShopping()
  const next = days?.days.find((one) => one.open && one.day > (day ?? ''))?.day
  if (code === 'cut_off_passed' || code === 'day_closed' || code === 'day_not_served') {
    return next ? (
      <div>
        <Button onClick={() => pickDay(next)}>{t('shop.basket.useDay', { day: dayWords(next) })}</Button>
      </div>
    ) : null
  }
  if (code === 'stale_version') return <Reload />
  if (code === 'id_reused' || code === 'wrong_state') {
    return (
      <div>
        <LinkButton to={`/orders/${basket.orderId}`}>{t('shop.basket.seeOrder')}</LinkButton>
      </div>
    )
  }
  return null
}

/** Somebody else has changed the order meanwhile: their version is shown, to be changed anew. */
function Reload() {
  const { basket, update } = useShopping()
  const order = useApi('orders.read', { params: { id: basket.orderId } }, { enabled: false })
  const load = async () => {
    const { data } = await order.refetch()
    if (data) update(() => basketToChange(data))
  }
  return (
    <div>
      <Button busy={order.isFetching} onClick={() => void load()}>
        {t('shop.basket.reload')}
      </Button>
    </div>
  )
}

/** The total seen is not the total now: nothing is ordered before the new one is agreed to. */
function NewTotal({ place, problem }: ProblemProps) {
  const [, go] = useLocation()
  const total = Number(problem.problem['totalFen'])
  const look = () => {
    place.forget()
    go('/basket')
  }
  return (
    <Dialog
      open
      onClose={look}
      title={t('shop.basket.newTotal')}
      foot={
        <>
          <Button onClick={look}>{t('shop.basket.look')}</Button>
          <Button tone="main" busy={place.isPending} onClick={() => place.send(total)}>
            {t('shop.basket.placeAnyway')}
          </Button>
        </>
      }
    >
      <Facts
        of={[
          [t('shop.basket.newTotalText'), <Money key="saw" fen={place.seenFen} />],
          [t('shop.basket.newTotalNow'), <Money key="now" fen={total} size="l" />],
        ]}
      />
    </Dialog>
  )
}
