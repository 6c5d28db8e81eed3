import { useState } from 'react'
import { t } from '../app/i18n.ts'
import { Button } from '../kit/button.tsx'
import { TextField } from '../kit/field.tsx'
import { ProblemNote } from '../kit/states.tsx'
import './texts.ts'

type Props = {
  busy: boolean
  error: unknown
  onSay: (said: { arrived: boolean; reference: string }) => void
}

/** Money that was sent back by bank: it left under this reference, or came back. */
export function SettleForm({ busy, error, onSay }: Props) {
  const [typed, setTyped] = useState('')
  const reference = typed.trim()
  const missing = reference === ''
  return (
    <>
      <TextField label={t('bank.reference')} maxLength={64} value={typed} onText={setTyped} />
      <ProblemNote error={error} />
      <div className="row" style={{ flexWrap: 'wrap' }}>
        <Button
          tone="main"
          disabled={missing}
          busy={busy}
          onClick={() => onSay({ arrived: true, reference })}
        >
          {t('bank.left')}
        </Button>
        <Button disabled={missing} onClick={() => onSay({ arrived: false, reference })}>
          {t('bank.cameBack')}
        </Button>
      </div>
    </>
  )
}
