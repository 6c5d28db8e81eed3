import { type ReactNode, useState } from 'react'
import { Button, type ButtonTone } from './button.tsx'
import { Drawer } from './dialog.tsx'
import { TextField } from './field.tsx'
import type { IconName } from './icon.tsx'
import { ProblemNote } from './states.tsx'

interface FrameProps {
  title: string
  onClose: () => void
  /** The write behind the button, as `useAct` gives it. */
  act: { readonly isPending: boolean; readonly error: unknown }
  /** What the button says. */
  save: string
  tone?: ButtonTone
  size?: 'm' | 'l'
  icon?: IconName
}
interface ActDrawerProps extends FrameProps {
  onSave: () => void
  /** What is still wanting. */
  refused?: string | undefined
  children: ReactNode
}

/** A drawer for one act: its fields, what went wrong, and the button at the thumb. */
export function ActDrawer(props: ActDrawerProps) {
  const { title, onClose, act, save, onSave, refused, tone = 'main', size = 'm', icon, children } = props
  return (
    <Drawer
      open
      onClose={onClose}
      title={title}
      foot={
        <Button
          tone={tone}
          size={size}
          {...(icon ? { icon } : {})}
          full
          busy={act.isPending}
          refused={refused}
          onClick={onSave}
        >
          {save}
        </Button>
      }
    >
      <div className="stack">
        {children}
        <ProblemNote error={act.error} />
      </div>
    </Drawer>
  )
}

interface ReasonDrawerProps extends FrameProps {
  /** What the reason is asked by; two characters are the least. */
  label: string
  onReason: (reason: string) => void
}

/** An act that needs nothing but why. */
export function ReasonDrawer({ label, onReason, ...frame }: ReasonDrawerProps) {
  const [reason, setReason] = useState('')
  return (
    <ActDrawer
      size="l"
      tone="danger"
      {...frame}
      refused={reason.trim().length < 2 ? label : undefined}
      onSave={() => onReason(reason)}
    >
      <TextField label={label} size="l" maxLength={200} value={reason} onText={setReason} />
    </ActDrawer>
  )
}
