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

/** Keeps a broken screen from taking the whole app with it. */
export class CrashBoundary extends Component<{ children: ReactNode }, { broken: boolean }> {
  override state = { broken: false }

  static getDerivedStateFromError() {
    return { broken: true }
  }

  override componentDidCatch(error: unknown) {
    // A new release has taken the old files away: the page only needs to be read again.
    void reportCrash(error)
  }

  override render() {
    if (!this.state.broken) return this.props.children
    return (
      <EmptyState icon="warning" title={t('app.crashed')} text={t('app.crashedHint')}>
        <Button icon="refresh" tone="main" onClick={() => location.reload()}>
          {t('app.reload')}
        </Button>
      </EmptyState>
    )
  }
}
