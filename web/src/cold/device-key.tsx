import { useState } from 'react'
import { t } from '../app/i18n.ts'
import { useAct } from '../app/query.ts'
import { Button } from '../kit/button.tsx'
import { ConfirmButton, Dialog } from '../kit/dialog.tsx'
import { Note } from '../kit/states.tsx'
import { toast, toastProblem } from '../kit/toast.tsx'
import type { Device } from './devices.tsx'

/** Makes a new key of a device and shows it this once. */
export function DeviceKey({ device, name }: { device: Device; name: string }) {
  const [made, setMade] = useState<{ serial: string; secret: string } | null>(null)
  const renew = useAct('temperature.renewSecret', { changes: ['temperature.listDevices'], onDone: setMade })
  const copy = async () => {
    await navigator.clipboard.writeText(made?.secret ?? '')
    toast(t('device.copied'))
  }
  return (
    <>
      <ConfirmButton
        tone="plain"
        label={t('device.key')}
        title={t('device.keyOf', { name })}
        text={t('device.keyAsk')}
        onConfirm={() => renew.mutateAsync({ params: { id: device.id } }).catch(toastProblem)}
      />
      <Dialog open={made !== null} onClose={() => setMade(null)} title={t('device.keyShown')}>
        <div className="stack">
          <Note tone="warn">{t('device.keyText', { serial: made?.serial ?? '' })}</Note>
          <code className="cold-key">{made?.secret}</code>
          <Button size="l" full onClick={() => void copy().catch(() => undefined)}>
            {t('device.copy')}
          </Button>
          <Button size="l" tone="main" full onClick={() => setMade(null)}>
            {t('device.close')}
          </Button>
        </div>
      </Dialog>
    </>
  )
}
