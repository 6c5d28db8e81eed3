import { failReasons } from '@huming/shared/door-reasons'
import { missingBeforeFail } from '@huming/shared/evidence'
import { useState } from 'react'
import { t } from '../app/i18n.ts'
import { useMe } from '../app/session.ts'
import { Button } from '../kit/button.tsx'
import { useNow } from '../kit/countdown.tsx'
import { Drawer } from '../kit/dialog.tsx'
import { RadioGroup, TextArea } from '../kit/field.tsx'
import { keepAct } from './outbox.ts'
import type { Run, Stop } from './overlay.ts'
import { PhotoShots, type Shot } from './photo-shots.tsx'
import { reasonText, timeText } from './words.ts'

type FailReason = (typeof failReasons)[number]

/** Nobody takes the goods: called, waited, photographed where the rule asks for it; then everything goes back. */
export function FailDrawer(props: { run: Run; stop: Stop; open: boolean; onClose: () => void }) {
  const { run, stop, open, onClose } = props
  const me = useMe()
  const [reason, setReason] = useState<FailReason | ''>('')
  const [note, setNote] = useState('')
  const [calledAt, setCalledAt] = useState<string | null>(null)
  const [shots, setShots] = useState<Shot[]>([])
  const needs = reason !== '' && (stop.rule?.waitReasons.includes(reason) ?? false)
  const refused = useWhyNot(stop, { reason, calledAt, photos: shots.length })
  const fail = async () => {
    if (reason === '') return
    const photoFileIds = shots.map((shot) => shot.id)
    const evidence = { calledAt, shots: photoFileIds.map((fileId) => ({ fileId, of: 'door' as const })) }
    await keepAct(
      { personId: me.person.id, runId: run.id, stop },
      { kind: 'fail', body: { reason, note: note.trim(), photoFileIds, evidence } },
      shots.map(({ id, blob }) => ({ id, blob })),
    )
    onClose()
  }
  const foot = (
    <Button
      tone="danger"
      size="l"
      full
      disabled={reason === ''}
      refused={refused}
      onClick={() => void fail()}
    >
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
        {needs && (
          <>
            <Button
              size="l"
              icon={calledAt ? 'check' : 'phone'}
              full
              onClick={() => setCalledAt(new Date().toISOString())}
            >
              {calledAt ? t('driver.calledAt', { time: timeText(calledAt) }) : t('driver.called')}
            </Button>
            <PhotoShots shots={shots} onShots={setShots} label={t('driver.shot.door')} />
          </>
        )}
        <TextArea label={t('driver.note')} optional maxLength={300} value={note} onText={setNote} />
      </div>
    </Drawer>
  )
}

/** Why the stop may not be given up yet, counting down while one waits. */
function useWhyNot(
  { rule, arrivedAt }: Stop,
  fail: { reason: string; calledAt: string | null; photos: number },
): string | undefined {
  const now = useNow(5000)
  const missing = missingBeforeFail(rule, { ...fail, arrivedAt, at: new Date(now).toISOString() })
  if (!missing) return undefined
  const waited = arrivedAt ? (now - Date.parse(arrivedAt)) / 60_000 : 0
  const minutes = Math.max(1, Math.ceil((rule?.waitMinutes ?? 0) - waited))
  return missing === 'wait' ? t('driver.need.wait', { minutes }) : t(`driver.need.${missing}`)
}
