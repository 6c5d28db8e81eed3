import { brokerMessages } from '@huming/shared/i18n/broker'
import { coopMessages } from '@huming/shared/i18n/coop'
import { priceWhyMessages } from '@huming/shared/i18n/price-why'
import { recallNoticeMessages } from '@huming/shared/i18n/recall-notice'
import type { ComponentType } from 'react'
import { useParams } from 'wouter'
import type { Area, Screen } from '../app/area.ts'
import { t } from '../app/i18n.ts'
import { later } from '../app/later.tsx'
import { useApi } from '../app/query.ts'
import { bookScreens, qualityScreen } from '../books/screens.ts'
import { supplierScreens } from '../coop/area.tsx'
import { SupplierScope } from '../coop/scope.tsx'
import { EmptyState, Loaded } from '../kit/states.tsx'
import { RecallBanner } from '../recall/banner.tsx'
import './broker.css'
import { PrincipalBar } from './principal-bar.tsx'
import { Principals } from './principals.tsx'

/** A supplier's screen for the principal of the address, with its own navigation above. */
function actingFor(Screen: ComponentType): ComponentType {
  return function Acting() {
    const { orgId = '' } = useParams<{ orgId: string }>()
    const principals = useApi('accounts.listPrincipals')
    return (
      <Loaded query={principals}>
        {({ items }) => {
          const principal = items.find((one) => one.id === orgId)
          if (!principal)
            return <EmptyState icon="shield" title={t('broker.noMandate')} text={t('broker.noMandateText')} />
          const scope = {
            orgId,
            name: principal.name,
            to: (path: string) => `/for/${orgId}${path === '/' ? '' : path}`,
          }
          return (
            <SupplierScope value={scope}>
              <PrincipalBar principal={principal} />
              <Screen />
            </SupplierScope>
          )
        }}
      </Loaded>
    )
  }
}

const screens: Screen[] = supplierScreens.map(({ path, screen }) => ({
  path: `/for/:orgId${path === '/' ? '' : path}`,
  screen: actingFor(screen),
}))

/** The principals, under the recalls of their lots. */
function PrincipalsWithRecalls() {
  return (
    <>
      <RecallBanner />
      <Principals />
    </>
  )
}

export const area: Area = {
  title: 'broker.title',
  messages: {
    ...coopMessages,
    ...priceWhyMessages,
    ...brokerMessages,
    ...recallNoticeMessages,
  },
  nav: [
    { to: '/', label: 'broker.nav.principals', icon: 'people', action: 'principal.list' },
    { to: '/money', label: 'nav.commission', icon: 'money', action: 'money.read' },
    { to: '/mandates', label: 'nav.mandates', icon: 'document', action: 'mandate.read' },
    { to: '/claims', label: 'claims.nav', icon: 'camera', action: 'claim.read' },
    { to: '/statements', label: 'statements.nav', icon: 'document', action: 'statement.read' },
    { to: '/recalls', label: 'recallNotice.nav', icon: 'warning', action: 'recallNotice.read' },
  ],
  screens: [
    { path: '/', screen: PrincipalsWithRecalls },
    { path: '/recalls', screen: later(async () => (await import('../recall/notices.tsx')).RecallNotices) },
    { path: '/recalls/:id', screen: later(async () => (await import('../recall/notice.tsx')).RecallNotice) },
    { path: '/money', screen: later(async () => (await import('../settlement/money.tsx')).OwnMoney) },
    { path: '/mandates', screen: later(async () => (await import('../settlement/mandates.tsx')).Mandates) },
    ...bookScreens,
    qualityScreen,
    ...screens,
    {
      path: '/for/:orgId/orders',
      screen: actingFor(later(async () => (await import('../settlement/orders.tsx')).PrincipalOrders)),
    },
  ],
}
