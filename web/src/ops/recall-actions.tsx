import { nextStatus } from '@huming/shared/flows'
import { useState } from 'react'
import { t } from '../app/i18n.ts'
import { useAct } from '../app/query.ts'
import { useMay } from '../app/session.ts'
import { Button } from '../kit/button.tsx'
import { ConfirmButton } from '../kit/dialog.tsx'
import { toastProblem } from '../kit/toast.tsx'
import type { Recall } from './recall.tsx'
import { AddLotsDialog, DisposeDialog, TextDialog } from './recall-dialogs.tsx'

type Open = 'widen' | 'dispose' | 'report' | 'withdraw' | 'incident' | null

/** What food safety can do next with a recall; the main thing first. */
export function RecallActions({ recall }: { recall: Recall }) {
  const may = useMay()
  const [open, setOpen] = useState<Open>(null)
  if (!may('recall.write') || ['closed', 'withdrawn'].includes(recall.status)) return null
  const can = (action: Parameters<typeof nextStatus<'recall'>>[2]) =>
    nextStatus('recall', recall.status, action) !== null
  const incident = recall.clocks.find((clock) => clock.clock === 'incident')
  const close = () => setOpen(null)
  return (
    <div className="row no-print">
      <NextStep recall={recall} onOpen={setOpen} />
      {incident && incident.doneAt === null && !recall.drill && (
        <Button icon="phone" onClick={() => setOpen('incident')}>
          {t('recall.reportIncident')}
        </Button>
      )}
      {can('widen') && (
        <Button icon="plus" onClick={() => setOpen('widen')}>
          {t('recall.widen')}
        </Button>
      )}
      {can('withdraw') && (
        <Button icon="close" onClick={() => setOpen('withdraw')}>
          {t(recall.drill ? 'recall.withdrawDrill' : 'recall.withdraw')}
        </Button>
      )}
      {open === 'widen' && <AddLotsDialog id={recall.id} onClose={close} />}
      {open === 'dispose' && <DisposeDialog recall={recall} onClose={close} />}
      {open === 'report' && <ReportDialog id={recall.id} onClose={close} />}
      {open === 'withdraw' && <WithdrawDialog recall={recall} onClose={close} />}
      {open === 'incident' && <IncidentDialog id={recall.id} onClose={close} />}
    </div>
  )
}

/** The step the flow waits for. */
function NextStep({ recall, onOpen }: { recall: Recall; onOpen: (open: Open) => void }) {
  const changes = ['recall.read', 'recall.list'] as const
  const stop = useAct('recall.stop', { changes })
  const scope = useAct('recall.computeScope', { changes })
  const tell = useAct('recall.notify', { changes })
  const end = useAct('recall.close', { changes })
  const run = (act: typeof stop | typeof scope | typeof tell | typeof end) => () =>
    act.mutateAsync({ params: { id: recall.id } }).catch(toastProblem)
  const { drill, status } = recall
  if (status === 'draft')
    return drill ? (
      <Button tone="main" icon="clock" busy={stop.isPending} onClick={() => void run(stop)()}>
        {t('recall.drillStart')}
      </Button>
    ) : (
      <ConfirmButton
        label={t('recall.stop')}
        icon="warning"
        title={t('recall.stopTitle')}
        text={t('recall.stopText')}
        onConfirm={run(stop)}
      />
    )
  if (status === 'stop_sale')
    return (
      <Button tone="main" icon="map" busy={scope.isPending} onClick={() => void run(scope)()}>
        {t('recall.scope')}
      </Button>
    )
  if (status === 'scope_computed')
    return (
      <Button tone="main" icon="bell" busy={tell.isPending} onClick={() => void run(tell)()}>
        {drill
          ? t('recall.notifyDrill')
          : t('recall.notify', { places: recall.notices.filter((one) => one.sentAt === null).length })}
      </Button>
    )
  if (status === 'reported')
    return (
      <Button tone="main" icon="check" busy={end.isPending} onClick={() => void run(end)()}>
        {t('recall.close')}
      </Button>
    )
  if (status === 'disposed' || (drill && status === 'notified'))
    return (
      <Button tone="main" icon="document" onClick={() => onOpen('report')}>
        {t('recall.report')}
      </Button>
    )
  return (
    <Button
      tone="main"
      icon="trash"
      refused={recall.tasksOpen > 0 ? t('recall.tasksFirst', { count: recall.tasksOpen }) : undefined}
      onClick={() => onOpen('dispose')}
    >
      {t('recall.dispose')}
    </Button>
  )
}

function ReportDialog({ id, onClose }: { id: string; onClose: () => void }) {
  const act = useAct('recall.report', { changes: ['recall.read', 'recall.list'], onDone: onClose })
  return (
    <TextDialog
      title={t('recall.report')}
      label={t('recall.conclusion')}
      act={act}
      onClose={onClose}
      onText={(conclusion) => act.mutate({ params: { id }, body: { conclusion } })}
    />
  )
}

function WithdrawDialog({ recall, onClose }: { recall: Recall; onClose: () => void }) {
  const act = useAct('recall.withdraw', { changes: ['recall.read', 'recall.list'], onDone: onClose })
  return (
    <TextDialog
      title={t(recall.drill ? 'recall.withdrawDrill' : 'recall.withdraw')}
      text={t('recall.withdrawText')}
      label={t('recall.reason')}
      act={act}
      danger
      onClose={onClose}
      onText={(reason) => act.mutate({ params: { id: recall.id }, body: { reason } })}
    />
  )
}

function IncidentDialog({ id, onClose }: { id: string; onClose: () => void }) {
  const act = useAct('recall.reportIncident', { changes: ['recall.read', 'recall.list'], onDone: onClose })
  return (
    <TextDialog
      title={t('recall.reportIncident')}
      text={t('recall.incidentHint')}
      label={t('recall.incidentNote')}
      act={act}
      onClose={onClose}
      onText={(note) => act.mutate({ params: { id }, body: { note } })}
    />
  )
}
