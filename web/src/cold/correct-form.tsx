import { newId } from '@huming/shared/ids'
import { useState } from 'react'
import { t } from '../app/i18n.ts'
import { useAct } from '../app/query.ts'
import { Button } from '../kit/button.tsx'
import { Drawer } from '../kit/dialog.tsx'
import { TextArea } from '../kit/field.tsx'
import { PhotoInput } from '../kit/photo-input.tsx'
import { ProblemNote } from '../kit/states.tsx'
import { toast } from '../kit/toast.tsx'

/** Adds to a closed stop what is to be put right; the proof stays as it was. */
export function CorrectForm({ stop, onClose }: { stop: { id: string; site: string }; onClose: () => void }) {
  const [correctionId] = useState(newId)
  const [text, setText] = useState('')
  const [photoFileIds, setPhotos] = useState<string[]>([])
  const act = useAct('delivery.correct', {
    changes: ['delivery.readRun'],
    onDone: () => {
      toast(t('device.saved'))
      onClose()
    },
  })
  const save = () =>
    act.mutate({ params: { id: stop.id, correctionId }, body: { text: text.trim(), photoFileIds } })
  return (
    <Drawer
      open
      onClose={onClose}
      title={t('proof.correctOf', { site: stop.site })}
      foot={
        <Button tone="main" size="l" full busy={act.isPending} disabled={text.trim() === ''} onClick={save}>
          {t('device.save')}
        </Button>
      }
    >
      <div className="stack">
        <p className="muted">{t('proof.correctText')}</p>
        <TextArea label={t('proof.text')} maxLength={500} value={text} onText={setText} />
        <PhotoInput label={t('proof.photos')} ids={photoFileIds} max={4} onIds={setPhotos} />
        <ProblemNote error={act.error} />
      </div>
    </Drawer>
  )
}
