import { useState } from 'react'
import { t } from '../app/i18n.ts'
import { useAct } from '../app/query.ts'
import { Button } from '../kit/button.tsx'
import { Dialog } from '../kit/dialog.tsx'
import { TextField } from '../kit/field.tsx'
import { ProblemNote } from '../kit/states.tsx'
import { toast } from '../kit/toast.tsx'
import { type Batch, batchChanges } from './changes.ts'

/** Drops a batch that took nothing, with a reason. */
export function CancelBatch({ batch }: { batch: Batch }) {
  const [open, setOpen] = useState(false)
  const [reason, setReason] = useState('')
  const cancel = useAct('production.cancelBatch', {
    changes: [...batchChanges],
    onDone: () => {
      toast(t('making.batch.cancelled'))
      setOpen(false)
    },
  })
  const foot = (
    <Button
      tone="danger"
      busy={cancel.isPending}
      refused={reason.trim() ? undefined : t('making.incomplete')}
      onClick={() => cancel.mutate({ params: { id: batch.id }, body: { reason } })}
    >
      {t('making.batch.cancel')}
    </Button>
  )
  return (
    <div className="row">
      <Button tone="quiet" icon="trash" onClick={() => setOpen(true)}>
        {t('making.batch.cancel')}
      </Button>
      <Dialog open={open} onClose={() => setOpen(false)} title={t('making.batch.cancel')} foot={foot}>
        <div className="stack">
          <p>{t('making.batch.cancelText')}</p>
          <ProblemNote error={cancel.error} />
          <TextField label={t('making.reason')} maxLength={200} value={reason} onText={setReason} autoFocus />
        </div>
      </Dialog>
    </div>
  )
}
