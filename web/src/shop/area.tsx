import { priceWhyMessages } from '@huming/shared/i18n/price-why'
import { recallNoticeMessages } from '@huming/shared/i18n/recall-notice'
import { shopMessages } from '@huming/shared/i18n/shop'
import { timelineMessages } from '@huming/shared/i18n/timeline'
import { Redirect } from 'wouter'
import type { Area } from '../app/area.ts'
import { later } from '../app/later.tsx'
import { useApi } from '../app/query.ts'
import { useMay } from '../app/session.ts'
import { NavCount } from '../app/shell.tsx'
import { bookScreens, claimFormScreen } from '../books/screens.ts'
import { RecallBanner } from '../recall/banner.tsx'
import { Guide } from './guide.tsx'
import './shop.css'
import { ShoppingFrame, useBasketCount } from './shopping.tsx'

/** Who orders starts with the guide; who accepts, approves payment or only looks starts with the orders. */
function Home() {
  const may = useMay()
  if (!may('order.place')) return <Redirect to="/orders" replace />
  return (
    <>
      <RecallBanner />
      <Guide />
    </>
  )
}

function BasketCount() {
  return <NavCount count={useBasketCount()} />
}

function UnreadCount() {
  const notices = useApi('accounts.listNotices', { query: { limit: 1 } }, { every: 60_000 })
  return <NavCount count={notices.data?.unread} />
}

export const area: Area = {
  title: 'shop.title',
  messages: {
    ...shopMessages,
    ...recallNoticeMessages,
    ...priceWhyMessages,
    ...timelineMessages,
  },
  nav: [
    { to: '/', label: 'shop.nav.guide', icon: 'star', action: 'order.place' },
    { to: '/catalogue', label: 'shop.nav.catalogue', icon: 'leaf', action: 'catalogue.browse' },
    { to: '/basket', label: 'shop.nav.basket', icon: 'basket', action: 'order.place', Count: BasketCount },
    { to: '/orders', label: 'shop.nav.orders', icon: 'list', action: 'order.read' },
    { to: '/notices', label: 'shop.nav.notices', icon: 'bell', action: 'notice.read', Count: UnreadCount },
    { to: '/recalls', label: 'recallNotice.nav', icon: 'warning', action: 'recallNotice.read' },
    { to: '/claims', label: 'claims.nav', icon: 'camera', action: 'claim.read' },
    { to: '/statements', label: 'statements.nav', icon: 'document', action: 'statement.read' },
    { to: '/crates', label: 'crates.nav', icon: 'repeat', action: 'crate.read' },
    { to: '/contracts', label: 'price.nav', icon: 'document', action: 'contract.read' },
    { to: '/payments', label: 'pay.nav.payments', icon: 'money', action: 'payment.read' },
    { to: '/credit', label: 'shop.nav.credit', icon: 'money', action: 'credit.read' },
  ],
  screens: [
    { path: '/', screen: Home },
    { path: '/catalogue', screen: later(async () => (await import('./catalogue.tsx')).Catalogue) },
    { path: '/products/:id', screen: later(async () => (await import('./product.tsx')).ProductPage) },
    { path: '/basket', screen: later(async () => (await import('./basket.tsx')).BasketScreen) },
    { path: '/quick', screen: later(async () => (await import('./quick.tsx')).QuickOrder) },
    { path: '/orders', screen: later(async () => (await import('./orders.tsx')).Orders) },
    { path: '/orders/:id', screen: later(async () => (await import('./order.tsx')).OrderPage) },
    { path: '/contracts', screen: later(async () => (await import('../pricing/contracts.tsx')).Contracts) },
    {
      path: '/contracts/:id',
      screen: later(async () => (await import('../pricing/contract.tsx')).ContractPage),
    },
    ...bookScreens,
    claimFormScreen,
    { path: '/notices', screen: later(async () => (await import('./notices.tsx')).Notices) },
    { path: '/recalls', screen: later(async () => (await import('../recall/notices.tsx')).RecallNotices) },
    { path: '/recalls/:id', screen: later(async () => (await import('../recall/notice.tsx')).RecallNotice) },
    { path: '/crates', screen: later(async () => (await import('../crates/my-crates.tsx')).MyCrates) },
    { path: '/pay', screen: later(async () => (await import('../payment/pay.tsx')).Pay) },
    { path: '/payments', screen: later(async () => (await import('../payment/payments.tsx')).Payments) },
    {
      path: '/payments/:id',
      screen: later(async () => (await import('../payment/payment.tsx')).PaymentPage),
    },
    { path: '/credit', screen: later(async () => (await import('./credit.tsx')).Credit) },
  ],
  Frame: ShoppingFrame,
}
