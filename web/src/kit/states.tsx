import type { ReactNode } from 'react'
import { ApiProblem, sentenceOf } from '../app/api.ts'
import { t } from '../app/i18n.ts'
import type { Tone } from './badge.tsx'
import { Button, LinkButton } from './button.tsx'
import { Icon, type IconName } from './icon.tsx'
import './show.css'

interface StateProps {
  icon?: IconName
  /** Empty where the page's own title says it. */
  title?: string
  text?: ReactNode
  children?: ReactNode
}

/** Nothing to show, and what to do about it (`children`: a button or link). */
export function EmptyState({ icon = 'leaf', title = t('kit.nothing'), text, children }: StateProps) {
  return (
    <div className="k-state">
      <span className="k-disc">
        <Icon name={icon} size={30} />
      </span>
      {title && <strong>{title}</strong>}
      {text && <span>{text}</span>}
      {children}
    </div>
  )
}

/** What went wrong in a sentence, and a way to try again; what is not there leads back to the start. */
export function ErrorState({ error, onRetry }: { error: unknown; onRetry?: (() => void) | undefined }) {
  if (error instanceof ApiProblem && error.missing) {
    return (
      <div className="k-state" role="alert">
        <span className="k-disc">
          <Icon name="search" size={30} />
        </span>
        <h1>{t('kit.missing')}</h1>
        <span>{t('kit.missingText')}</span>
        <LinkButton to="/" icon="left">
          {t('kit.toStart')}
        </LinkButton>
      </div>
    )
  }
  return (
    <div className="k-state" data-tone="bad" role="alert">
      <span className="k-disc">
        <Icon name="warning" size={30} />
      </span>
      <strong>{t('kit.failed')}</strong>
      <span>{sentenceOf(error)}</span>
      {onRetry && (
        <Button icon="refresh" onClick={onRetry}>
          {t('kit.retry')}
        </Button>
      )}
    </div>
  )
}

/** Grey lines in the place of what is being read. */
export function Skeleton({ lines = 4, height = 44 }: { lines?: number; height?: number }) {
  return (
    <div className="stack" style={{ ['--gap' as string]: '12px' }} role="status">
      <span className="sr-only">{t('kit.loading')}</span>
      {Array.from({ length: lines }, (_, line) => (
        <div key={line} className="k-bone" style={{ height, width: `${100 - ((line * 7) % 24)}%` }} />
      ))}
    </div>
  )
}

interface LoadedProps<T> {
  /** What `useApi` or `usePages` gives. */
  query: { data: T | undefined; error: ApiProblem | Error | null; refetch: () => unknown }
  children: (data: T) => ReactNode
  /** What to draw while reading; grey lines otherwise. */
  loading?: ReactNode
  /** Says when the answer is empty, and what to draw then. */
  empty?: { when: (data: T) => boolean; show: ReactNode }
}

/** The four states of everything that is read: loading, failed, empty, there. An old answer stays over an error. */
export function Loaded<T>({ query, children, loading, empty }: LoadedProps<T>) {
  if (query.data !== undefined) {
    const { data } = query
    return <>{empty?.when(data) ? empty.show : children(data)}</>
  }
  if (query.error) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />
  return <>{loading ?? <Skeleton />}</>
}

interface MoreProps {
  /** What `usePages` gives: is there more, is it being read, and how to read it. */
  more: { on: boolean; busy: boolean; read: () => void }
  size?: 'm' | 'l'
}

/** The button under a list that has more; nothing when all is shown. */
export function LoadMore({ more, size }: MoreProps) {
  if (!more.on) return null
  return (
    <Button size={size} busy={more.busy} onClick={more.read}>
      {t('kit.loadMore')}
    </Button>
  )
}

const noteIcons: Record<Tone, IconName> = {
  plain: 'info',
  info: 'info',
  good: 'check',
  warn: 'warning',
  bad: 'warning',
}

/** A sentence in the page that must be read: a cut line, an expiring paper, why a button is closed. */
export function Note({ tone = 'info', children }: { tone?: Tone; children: ReactNode }) {
  return (
    <div className="k-note" data-tone={tone} role={tone === 'bad' ? 'alert' : undefined}>
      <Icon name={noteIcons[tone]} size={20} />
      <div>{children}</div>
    </div>
  )
}

/** The sentence of a failed write, above the form; nothing while there is none. */
export function ProblemNote({ error }: { error: unknown }) {
  return error ? <Note tone="bad">{sentenceOf(error)}</Note> : null
}

interface ProgressProps {
  label: string
  done: number
  total: number
  tone?: 'good' | 'warn' | 'bad'
  hideText?: boolean
}

/** How far something is: lines picked, stops driven, minimum order reached. */
export function ProgressBar({ label, done, total, tone = 'good', hideText }: ProgressProps) {
  const part = total > 0 ? Math.min(1, done / total) : 0
  return (
    <div className="stack" style={{ ['--gap' as string]: '4px' }}>
      {!hideText && (
        <div className="row spread small">
          <span>{label}</span>
          <span className="muted">{t('kit.progress', { done, total })}</span>
        </div>
      )}
      <div
        className="k-progress"
        data-tone={tone}
        role="progressbar"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={total}
        aria-valuenow={Math.min(done, total)}
      >
        <div style={{ width: `${part * 100}%` }} />
      </div>
    </div>
  )
}
