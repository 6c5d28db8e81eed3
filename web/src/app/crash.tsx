import { Component, type ReactNode } from 'react'
import { Button } from '../kit/button.tsx'
import { EmptyState } from '../kit/states.tsx'
import { api } from './api.ts'
import { t } from './i18n.ts'

let reports = 0

/** Tells the server about a crash in the browser; at most five a visit. */
export function reportCrash(error: unknown): void {
  if (reports++ >= 5) return
  const { message, stack } = error instanceof Error ? error : new Error(String(error))
  const body = {
    message: message.slice(0, 500),
    ...(stack && { stack: stack.slice(0, 4000) }),
    url: location.pathname.slice(0, 300),
  }
  void api('system.clientError', { body }).catch(() => undefined)
}

/** Keeps a broken screen from taking the whole app with it. */
export class CrashBoundary extends Component<{ children: ReactNode }, { broken: boolean }> {
  override state = { broken: false }

  static getDerivedStateFromError() {
    return { broken: true }
  }

  override componentDidCatch(error: unknown) {
    // A new release has taken the old files away: the page only needs to be read again.
    reportCrash(error)
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
