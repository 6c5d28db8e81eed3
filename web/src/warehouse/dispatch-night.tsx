import { t } from '../app/i18n.ts'
import { useAct } from '../app/query.ts'
import { useMay } from '../app/session.ts'
import { ConfirmButton } from '../kit/dialog.tsx'
import { toastProblem } from '../kit/toast.tsx'
import { type PlanRun, planReads } from './dispatch-words.ts'

/**
 * The vehicle of a run that has not left fails: out of service with one press. Its stops lose their vehicle and the
 * planner is asked at once for others, which shows under the other plans.
 */
export function FailedTruck({ run }: { run: PlanRun }) {
  const may = useMay()
  const fail = useAct('routes.setVehicleService', { changes: [...planReads, 'routes.listVehicles'] })
  if (!may('plan.write') || (run.status !== 'planned' && run.status !== 'loading')) return null
  return (
    <ConfirmButton
      tone="danger"
      icon="warning"
      label={t('board.failTruck')}
      title={t('board.failTitle', { plate: run.plate })}
      text={t('board.failText', { plate: run.plate, stops: run.stopCount })}
      onConfirm={() =>
        fail
          .mutateAsync({ params: { id: run.vehicleId }, body: { outOfService: t('board.failReason') } })
          .catch(toastProblem)
      }
    />
  )
}
