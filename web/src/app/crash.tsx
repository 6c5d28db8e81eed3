import { Component, type ReactNode } from 'react'
import { Button } from '../kit/button.tsx'
import { EmptyState } from '../kit/states.tsx'
import { api } from './api.ts'
import { t } from './i18n.ts'

let reports = 0

/** Tells the server about a crash in the browser; at most five a visit. */
export async function reportCrash(thrown: unknown): Promise<void> {
  if (reports++ >= 5) return
  const { message, stack } = thrown instanceof Error ? thrown : new Error(String(thrown))
  const body = {
    message: message.slice(0, 500),
    ...(stack && { stack: stack.slice(0, 4000) }),
    url: location.pathname.slice(0, 300),
  }
  try {
    await api('system.clientError', { body })
  } catch {
    // The network may be what broke; there is nobody else to tell.
  }
}

/** Code of a screen could not be fetched: no network, or a new release has taken the old files away. */
function isLoadFailure(error: unknown): boolean {
  return (
    error instanceof Error &&
    /dynamically imported module|preload CSS|Importing a module script failed/i.test(error.message)
  )
}

const readAgain = () => location.reload()

interface Broken {
  how: 'no' | 'crashed' | 'notLoaded'
}

/** Keeps a broken screen from taking the whole app with it. */
export class CrashBoundary extends Component<{ children: ReactNode }, Broken> {
  override state: Broken = { how: 'no' }

  static getDerivedStateFromError(error: unknown): Broken {
    return { how: isLoadFailure(error) ? 'notLoaded' : 'crashed' }
  }

  override componentDidCatch(error: unknown) {
    if (!isLoadFailure(error)) void reportCrash(error)
    // The basket and the driver's deeds are on the device: reading the page again loses nothing.
    else window.addEventListener('online', readAgain, { once: true })
  }

  override componentWillUnmount() {
    window.removeEventListener('online', readAgain)
  }

  override render() {
    const { how } = this.state
    if (how === 'no') return this.props.children
    const [title, text] =
      how === 'crashed'
        ? [t('app.crashed'), t('app.crashedHint')]
        : [t('app.notLoaded'), t('app.notLoadedHint')]
    return (
      <EmptyState icon={how === 'crashed' ? 'warning' : 'wifiOff'} title={title} text={text}>
        <Button icon="refresh" tone="main" onClick={readAgain}>
          {t('app.reload')}
        </Button>
      </EmptyState>
    )
  }
}
