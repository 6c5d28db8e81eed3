import { failReasons } from '@huming/shared/door-reasons'
import { useState } from 'react'
import { t } from '../app/i18n.ts'
import { useMe } from '../app/session.ts'
import { Button } from '../kit/button.tsx'
import { Drawer } from '../kit/dialog.tsx'
import { RadioGroup, TextArea } from '../kit/field.tsx'
import { keepAct } from './outbox.ts'
import type { Run, Stop } from './overlay.ts'
import { reasonText } from './words.ts'

type FailReason = (typeof failReasons)[number]

/** Nobody takes the goods: the reason, and everything goes back. */
export function FailDrawer(props: { run: Run; stop: Stop; open: boolean; onClose: () => void }) {
  const { run, stop, open, onClose } = props
  const me = useMe()
  const [reason, setReason] = useState<FailReason | ''>('')
  const [note, setNote] = useState('')
  const fail = async () => {
    if (reason === '') return
    await keepAct(
      { personId: me.person.id, runId: run.id, stop },
      { kind: 'fail', body: { reason, note: note.trim() } },
    )
    onClose()
  }
  const foot = (
    <Button tone="danger" size="l" full disabled={reason === ''} onClick={() => void fail()}>
      {t('driver.failSave')}
    </Button>
  )
  return (
    <Drawer open={open} onClose={onClose} title={t('driver.failTitle')} foot={foot}>
      <div className="stack">
        <p className="muted">{t('driver.failText')}</p>
        <RadioGroup
          label={t('driver.line.why')}
          value={reason}
          options={failReasons.map((value) => ({ value, label: reasonText(value) }))}
          onPick={setReason}
        />
        <TextArea label={t('driver.note')} optional maxLength={300} value={note} onText={setNote} />
      </div>
    </Drawer>
  )
}
