import { type ReactNode, useId, useLayoutEffect, useRef, useState } from 'react'
import { t } from '../app/i18n.ts'
import { Button, type ButtonTone, IconButton } from './button.tsx'
import './dialog.css'
import type { IconName } from './icon.tsx'

interface DialogProps {
  open: boolean
  onClose: () => void
  title: string
  children: ReactNode
  /** Buttons at the bottom, the main one last. */
  foot?: ReactNode
  kind?: 'dialog' | 'wide' | 'drawer'
}

/**
 * The browser's own modal: it keeps the focus inside, gives it back, and closes on Escape.
 * A sheet from the bottom on phones. The content is drawn only while it is open.
 */
export function Dialog({ open, ...rest }: DialogProps) {
  return open ? <OpenDialog {...rest} /> : null
}

function OpenDialog({ onClose, title, children, foot, kind = 'dialog' }: Omit<DialogProps, 'open'>) {
  const element = useRef<HTMLDialogElement>(null)
  const titleId = useId()
  // A layout effect is undone while the element is still in the page: closing then gives the focus back.
  useLayoutEffect(() => {
    const dialog = element.current
    dialog?.showModal()
    return () => dialog?.close()
  }, [])
  return (
    <dialog
      ref={element}
      className="k-dialog"
      data-kind={kind}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
      onPointerDown={(event) => event.target === event.currentTarget && onClose()}
    >
      <div className="k-dialog-head">
        <h2 id={titleId}>{title}</h2>
        <IconButton icon="close" label={t('kit.close')} onClick={onClose} />
      </div>
      <div className="k-dialog-body">{children}</div>
      {foot && <div className="k-dialog-foot">{foot}</div>}
    </dialog>
  )
}

/** Details beside the list, which stays in view; a bottom sheet on phones. */
export function Drawer(props: Omit<DialogProps, 'kind'>) {
  return <Dialog {...props} kind="drawer" />
}

interface ConfirmProps {
  /** What the button says, and the dialog's main button too. */
  label: string
  /** The question, and what will happen. */
  title: string
  text?: ReactNode
  onConfirm: () => void | Promise<unknown>
  tone?: ButtonTone
  size?: 'm' | 'l'
  icon?: IconName
  busy?: boolean
  refused?: string | undefined
  full?: boolean
}

/** A button that asks before it does something that cannot be undone. */
export function ConfirmButton(props: ConfirmProps) {
  const { label, title, text, onConfirm, tone = 'danger', busy, ...look } = props
  const [open, setOpen] = useState(false)
  const [acting, setActing] = useState(false)
  const confirm = async () => {
    setActing(true)
    try {
      await onConfirm()
    } finally {
      setActing(false)
      setOpen(false)
    }
  }
  const foot = (
    <>
      <Button onClick={() => setOpen(false)}>{t('kit.cancel')}</Button>
      <Button tone={tone === 'danger' ? 'danger' : 'main'} busy={acting} onClick={() => void confirm()}>
        {label}
      </Button>
    </>
  )
  return (
    <>
      <Button {...look} tone={tone} busy={busy} onClick={() => setOpen(true)}>
        {label}
      </Button>
      <Dialog open={open} onClose={() => setOpen(false)} title={title} foot={foot}>
        {text}
      </Dialog>
    </>
  )
}
