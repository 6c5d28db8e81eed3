import { comma, t } from '../app/i18n.ts'
import { Button } from '../kit/button.tsx'
import { RadioGroup } from '../kit/field.tsx'
import { Stepper } from '../kit/number-field.tsx'
import { Card } from '../kit/page.tsx'
import { ScanBox } from '../kit/scan-box.tsx'
import { Note, ProgressBar } from '../kit/states.tsx'
import { type PartProps, totesAboard } from './draft.ts'
import { toteOf } from './overlay.ts'

const reasons = ['wet', 'torn', 'camera'] as const

/** Totes off the truck: each by scan, or counted by hand with the reason. */
export function UnloadCard({ stop, draft, set }: PartProps) {
  const totes = totesAboard(stop)
  if (totes.length === 0) return null
  const { scanned, byHand } = draft
  const scan = (raw: string): true | string => {
    const tote = toteOf([{ ...stop, toteList: totes }], raw)?.tote
    if (!tote) return t('driver.unload.notHere')
    if (scanned.includes(tote.code)) return t('driver.unload.already')
    set({ scanned: [...scanned, tote.code], byHand: null })
    return true
  }
  const all = scanned.length >= totes.length
  return (
    <Card title={t('driver.unload.title')}>
      <ProgressBar label={t('driver.unload.progress')} done={scanned.length} total={totes.length} />
      {all && <Note tone="good">{t('driver.unload.all')}</Note>}
      {!all && byHand === null && (
        <>
          <ScanBox
            label={t('driver.unload.scan')}
            hint={totes
              .filter((tote) => !scanned.includes(tote.code))
              .map((tote) => tote.code)
              .join(comma())}
            onCode={scan}
          />
          <Button
            size="l"
            tone="quiet"
            full
            onClick={() => set({ byHand: { count: totes.length, reason: '' } })}
          >
            {t('driver.unload.byHand')}
          </Button>
        </>
      )}
      {!all && byHand !== null && (
        <>
          <Stepper
            label={t('driver.unload.count')}
            size="l"
            min={0}
            max={300}
            value={byHand.count}
            onNumber={(count) => set({ byHand: { ...byHand, count } })}
          />
          <RadioGroup
            label={t('driver.unload.why')}
            value={byHand.reason}
            options={reasons.map((reason) => {
              const text = t(`driver.unload.${reason}`)
              return { value: text, label: text }
            })}
            onPick={(reason) => set({ byHand: { ...byHand, reason } })}
          />
          <Button size="l" tone="quiet" full onClick={() => set({ byHand: null })}>
            {t('driver.unload.scan')}
          </Button>
        </>
      )}
    </Card>
  )
}
