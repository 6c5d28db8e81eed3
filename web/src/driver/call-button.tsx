import { useState } from 'react'
import { t } from '../app/i18n.ts'
import { useAct } from '../app/query.ts'
import { Button } from '../kit/button.tsx'
import { Dialog } from '../kit/dialog.tsx'
import { toastProblem } from '../kit/toast.tsx'
import type { Stop } from './overlay.ts'

/** Asks for the contact's number (which is recorded) and offers to call it. */
export function CallButton({ stop, may }: { stop: Stop; may: boolean }) {
  const [contact, setContact] = useState<{ name: string; phone: string } | null>(null)
  const ask = useAct('delivery.askContact', { onDone: setContact })
  return (
    <>
      <Button
        size="l"
        icon="phone"
        full
        disabled={!may}
        busy={ask.isPending}
        onClick={() => ask.mutate({ params: { id: stop.id } }, { onError: toastProblem })}
      >
        {t('driver.call')}
      </Button>
      <Dialog open={contact !== null} onClose={() => setContact(null)} title={contact?.name ?? ''}>
        <div className="stack">
          <a
            className="k-button"
            data-tone="main"
            data-size="l"
            data-full
            href={`tel:${contact?.phone ?? ''}`}
          >
            {contact?.phone}
          </a>
          <p className="muted">{t('driver.callNote')}</p>
        </div>
      </Dialog>
    </>
  )
}
