import { Link, useLocation } from 'wouter'
import { t } from '../app/i18n.ts'
import { supplierNav } from '../coop/area.tsx'
import { useSupplier } from '../coop/scope.tsx'

const orders = { to: '/orders', label: 'broker.nav.orders' } as const

/** Says for whom one acts, so that nothing is written for the wrong farmer, and leads through their screens. */
export function PrincipalBar({ principal }: { principal: { id: string; name: string } }) {
  const { to } = useSupplier()
  const [path] = useLocation()
  return (
    <nav className="broker-bar no-print" aria-label={t('broker.acting', { name: principal.name })}>
      <Link to="/" className="broker-who">
        {t('broker.acting', { name: principal.name })}
      </Link>
      <div>
        {[...supplierNav, orders].map((item) => {
          const target = to(item.to)
          const here = item.to === '/' ? path === target : path.startsWith(target)
          return (
            <Link key={item.to} to={target} aria-current={here ? 'page' : undefined}>
              {t(item.label)}
            </Link>
          )
        })}
      </div>
    </nav>
  )
}
