import { t } from '../app/i18n.ts'
import { useAct } from '../app/query.ts'
import { toast, toastProblem } from '../kit/toast.tsx'
import { type Moving, type Plan, planReads } from './dispatch-words.ts'

type Where = { seq: number | null; trip: number | null; last: number }
export type To = { runId: string } | { vehicleId: string }

/** Makes the move: a stop by `moveStop`, an order without vehicle by `assignOrder`. */
export function useMove(plan: Plan, onDone?: () => void) {
  const done = () => {
    toast(t('dispatch.moved'))
    onDone?.()
  }
  const stopMove = useAct('routes.moveStop', { changes: planReads, onDone: done })
  const orderMove = useAct('routes.assignOrder', { changes: planReads, onDone: done })
  /** `seq` null: the best place for an order, the last for a stop; `trip` null: that of the stop before it. */
  const move = (moving: Moving, to: To, { seq, trip, last }: Where, told = false) => {
    const then = told ? { onError: toastProblem } : {}
    if ('stop' in moving) {
      const { id, version } = moving.stop
      stopMove.mutate({ params: { id }, body: { ...to, seq: seq ?? last, trip, version } }, then)
    } else {
      const { orderId } = moving.order
      orderMove.mutate({ params: { id: plan.id }, body: { ...to, orderId, seq, trip } }, then)
    }
  }
  return {
    move,
    isPending: stopMove.isPending || orderMove.isPending,
    error: stopMove.error ?? orderMove.error,
  }
}
