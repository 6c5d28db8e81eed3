import { type ReactNode, useEffect, useId } from 'react'
import { useLocation } from 'wouter'
import { t } from '../app/i18n.ts'
import type { Tone } from './badge.tsx'
import { IconButton } from './button.tsx'
import './page.css'

interface PageHeaderProps {
  title: string
  /** A line under the title: number, status, day. */
  sub?: ReactNode
  /** Where ← leads, when the page is under another. */
  back?: string
  /** Buttons of the page. */
  children?: ReactNode
}

/** The one `h1` of a page; also names the browser tab. */
export function PageHeader({ title, sub, back, children }: PageHeaderProps) {
  const [, go] = useLocation()
  useEffect(() => {
    document.title = `${title} · ${t('app.name')}`
  }, [title])
  return (
    <header className="k-page-head">
      {back && <IconButton icon="left" label={t('kit.back')} className="no-print" onClick={() => go(back)} />}
      <div>
        <h1>{title}</h1>
        {sub && <div className="muted row">{sub}</div>}
      </div>
      {children && <div className="row no-print">{children}</div>}
    </header>
  )
}

/** Search and filters above a list; they wrap on a phone. */
export function FilterBar({ children }: { children: ReactNode }) {
  return (
    <div className="k-filters no-print" role="search" aria-label={t('kit.filters')}>
      {children}
    </div>
  )
}

/** A part of a page with its own heading. */
export function Card({
  title,
  side,
  children,
}: {
  title?: ReactNode
  side?: ReactNode
  children: ReactNode
}) {
  const id = useId()
  return (
    <section className="k-card" aria-labelledby={title ? id : undefined}>
      {(title || side) && (
        <div className="k-card-head">
          {title && <h2 id={id}>{title}</h2>}
          {side}
        </div>
      )}
      {children}
    </section>
  )
}

/** Facts of a thing: name and value. Facts without a value are left out. */
export function Facts({ of }: { of: readonly (readonly [name: string, value: ReactNode])[] }) {
  return (
    <dl className="k-facts">
      {of.map(([name, value]) =>
        value === null || value === undefined || value === '' ? null : (
          <div key={name} style={{ display: 'contents' }}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ),
      )}
    </dl>
  )
}

/** A number that is looked at from afar: orders tonight, late stops. */
export function Tile({
  label,
  tone = 'plain',
  children,
}: {
  label: string
  tone?: Tone
  children: ReactNode
}) {
  return (
    <div className="k-tile" data-tone={tone}>
      <span className="muted small">{label}</span>
      <b>{children}</b>
    </div>
  )
}

/** Total and main button that stay in sight at the bottom of a page. */
export function BottomBar({ children }: { children: ReactNode }) {
  return <div className="k-bottom-bar no-print">{children}</div>
}
