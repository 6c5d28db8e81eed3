import { useEffect, useRef, useSyncExternalStore } from 'react'
import { sentenceOf } from '../app/api.ts'
import { t } from '../app/i18n.ts'
import { Button, IconButton } from './button.tsx'
import { Icon } from './icon.tsx'

interface Toast {
  id: number
  text: string
  tone: 'good' | 'bad' | 'warn'
  action?: { label: string; run: () => void }
}

let toasts: readonly Toast[] = []
let lastId = 0
const listeners = new Set<() => void>()

function change(next: readonly Toast[]) {
  toasts = next
  for (const listener of listeners) listener()
}

/** Says that something was done (or was not), with an optional way back. Gone after some seconds. */
export function toast(text: string, options: Partial<Pick<Toast, 'tone' | 'action'>> = {}): void {
  const id = ++lastId
  change([
    ...toasts.slice(-2),
    { id, text, tone: options.tone ?? 'good', ...(options.action && { action: options.action }) },
  ])
  const seconds = options.tone === 'bad' || options.action ? 9 : 5
  setTimeout(() => dismiss(id), seconds * 1000)
}

/** Says why an action failed; made for `useAct(…).mutate(input, { onError: toastProblem })`. */
export function toastProblem(error: unknown): void {
  toast(sentenceOf(error), { tone: 'bad' })
}

function dismiss(id: number) {
  change(toasts.filter((one) => one.id !== id))
}

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Where toasts appear: mounted once by the shell. */
export function Toasts() {
  const shown = useSyncExternalStore(subscribe, () => toasts)
  const region = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const element = region.current
    // A popover opened last lies above an open dialog.
    if (!element || !('showPopover' in element)) return
    if (element.matches(':popover-open')) element.hidePopover()
    if (shown.length > 0) element.showPopover()
  }, [shown])
  return (
    <div ref={region} className="k-toasts no-print" popover="manual" role="status" aria-live="polite">
      {shown.map((one) => (
        <div key={one.id} className="k-toast" data-tone={one.tone}>
          <Icon name={one.tone === 'good' ? 'check' : 'warning'} />
          <span>{one.text}</span>
          {one.action && (
            <Button
              tone="quiet"
              onClick={() => {
                one.action?.run()
                dismiss(one.id)
              }}
            >
              {one.action.label}
            </Button>
          )}
          <IconButton icon="close" label={t('kit.close')} onClick={() => dismiss(one.id)} />
        </div>
      ))}
    </div>
  )
}
