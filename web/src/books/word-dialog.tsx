import { type ReactNode, useState } from 'react'
import { Button } from '../kit/button.tsx'
import { Dialog } from '../kit/dialog.tsx'
import { TextArea } from '../kit/field.tsx'
import { ProblemNote } from '../kit/states.tsx'

interface WordDialogProps {
  /** On the button that opens it and on the one that sends. */
  label: string
  /** Left out, the label. */
  title?: string
  tone?: 'plain' | 'main'
  /** What is to be written; also says what is missing. */
  ask: string
  busy: boolean
  error: unknown
  /** Sends what was written; `onDone` closes the dialog. */
  onSend: (text: string, onDone: () => void) => void
  /** What is chosen beside the words. */
  children?: ReactNode
}

/** A button that asks for some words and sends them: an objection, an answer. */
export function WordDialog(props: WordDialogProps) {
  const { label, title = label, tone = 'plain', ask, busy, error, onSend, children } = props
  const [open, setOpen] = useState(false)
  const [text, setText] = useState('')
  const close = () => setOpen(false)
  return (
    <>
      <Button tone={tone} aria-label={title} onClick={() => setOpen(true)}>
        {label}
      </Button>
      <Dialog
        open={open}
        onClose={close}
        title={title}
        foot={
          <Button
            tone="main"
            busy={busy}
            refused={text.trim() ? undefined : ask}
            onClick={() => onSend(text, close)}
          >
            {label}
          </Button>
        }
      >
        {children}
        <TextArea label={ask} value={text} maxLength={500} onText={setText} />
        <ProblemNote error={error} />
      </Dialog>
    </>
  )
}
