import { type ReactNode, useEffect, useRef, useState, useSyncExternalStore } from 'react'
import { Link, useLocation } from 'wouter'
import { Drawer } from '../kit/dialog.tsx'
import { Icon } from '../kit/icon.tsx'
import { AccountMenu } from './account-menu.tsx'
import { type Area, type NavItem, startOf } from './area.ts'
import { t } from './i18n.ts'
import { type Me, mayDo } from './session.ts'
import './shell.css'

const AT_THE_THUMB = 4

interface ShellProps {
  area: Area | undefined
  me: Me | null
  children: ReactNode
}

/** What surrounds every screen: brand, navigation at the thumb or the side, account, connection. */
export function Shell({ area, me, children }: ShellProps) {
  const nav = (area?.nav ?? []).filter((item) => !item.action || (me && mayDo(me, item.action)))
  const main = useFocusOnMove()
  return (
    <div className="a-shell" data-nav={nav.length > 1 ? '' : undefined}>
      <a className="a-skip" href="#content">
        {t('app.skip')}
      </a>
      <header className="a-top">
        <Link to={startOf(area)} className="a-brand">
          <img src="/logo.svg" alt="" width={32} height={32} />
          {area ? t(area.title) : t('app.name')}
        </Link>
        <span className="a-org" title={me?.org.name}>
          {me?.org.name}
        </span>
        {me && <AccountMenu />}
      </header>
      <OfflineBar />
      {nav.length > 1 && <Navigation items={nav} />}
      <main className="a-main" id="content" tabIndex={-1} ref={main}>
        {children}
      </main>
    </div>
  )
}

/** After going to another page, keyboard and screen reader start at its content, and the page at its top. */
function useFocusOnMove() {
  const main = useRef<HTMLElement>(null)
  const [path] = useLocation()
  const before = useRef(path)
  useEffect(() => {
    if (before.current === path) return
    before.current = path
    window.scrollTo(0, 0)
    main.current?.focus({ preventScroll: true })
  }, [path])
  return main
}

function Navigation({ items }: { items: readonly NavItem[] }) {
  const [open, setOpen] = useState(false)
  const thumb = items.length > AT_THE_THUMB + 1 ? AT_THE_THUMB : items.length
  const rest = items.slice(thumb)
  return (
    <nav className="a-nav" aria-label={t('app.menu')}>
      {items.map((item, index) => (
        <NavLink key={item.to} item={item} className={index < thumb ? '' : 'a-wide'} />
      ))}
      {rest.length > 0 && (
        <button type="button" className="a-narrow" onClick={() => setOpen(true)}>
          <Icon name="more" />
          {t('app.more')}
          {/* What waits behind it is counted on it. */}
          {rest.map(({ to, Count }) => Count && <Count key={to} />)}
        </button>
      )}
      <Drawer open={open} onClose={() => setOpen(false)} title={t('app.more')}>
        <div className="a-more" onClick={() => setOpen(false)} role="presentation">
          {rest.map((item) => (
            <NavLink key={item.to} item={item} className="" />
          ))}
        </div>
      </Drawer>
    </nav>
  )
}

function NavLink({ item, className }: { item: NavItem; className: string }) {
  const [path] = useLocation()
  const here = path === item.to || (item.to !== '/' && path.startsWith(`${item.to}/`))
  return (
    <Link to={item.to} className={className} aria-current={here ? 'page' : undefined}>
      <Icon name={item.icon} />
      {t(item.label)}
      {item.Count && <item.Count />}
    </Link>
  )
}

/** A number on a navigation item; nothing when it is zero. */
export function NavCount({ count }: { count: number | undefined }) {
  return count ? <span className="a-count">{count > 99 ? '99+' : count}</span> : null
}

const watchConnection = (tell: () => void) => {
  window.addEventListener('online', tell)
  window.addEventListener('offline', tell)
  return () => {
    window.removeEventListener('online', tell)
    window.removeEventListener('offline', tell)
  }
}

/** Is there a network, as far as the device knows? */
export function useOnline(): boolean {
  return useSyncExternalStore(watchConnection, () => navigator.onLine)
}

function OfflineBar() {
  const online = useOnline()
  return (
    <div role="status" className={online ? 'sr-only' : 'a-bar'}>
      {!online && (
        <>
          <Icon name="wifiOff" size={20} />
          {t('app.offline')}
        </>
      )}
    </div>
  )
}
