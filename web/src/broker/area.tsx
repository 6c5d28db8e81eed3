import { brokerMessages } from '@huming/shared/i18n/broker'
import { coopMessages } from '@huming/shared/i18n/coop'
import { priceWhyMessages } from '@huming/shared/i18n/price-why'
import type { ComponentType } from 'react'
import { useParams } from 'wouter'
import type { Area, Screen } from '../app/area.ts'
import { t } from '../app/i18n.ts'
import { useApi } from '../app/query.ts'
import { supplierScreens } from '../coop/area.tsx'
import { SupplierScope } from '../coop/scope.tsx'
import { EmptyState, Loaded } from '../kit/states.tsx'
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

export const area: Area = {
  title: 'broker.title',
  messages: {
    ...coopMessages,
    ...priceWhyMessages,
    ...brokerMessages,
  },
  nav: [{ to: '/', label: 'broker.nav.principals', icon: 'people', action: 'principal.list' }],
  screens: [{ path: '/', screen: Principals }, ...screens],
}
