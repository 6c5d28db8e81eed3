import type { Screen } from '../app/area.ts'
import { later } from '../app/later.tsx'

/** Claims and statements, in every console of people who have any; they come when they are opened. */
export const bookScreens: Screen[] = [
  { path: '/claims', screen: later(async () => (await import('./claims.tsx')).Claims) },
  { path: '/claims/:id', screen: later(async () => (await import('./claim.tsx')).ClaimPage) },
  { path: '/credit-notes', screen: later(async () => (await import('./credit-notes.tsx')).CreditNotes) },
  { path: '/statements', screen: later(async () => (await import('./statements.tsx')).Statements) },
  { path: '/statements/:id', screen: later(async () => (await import('./statement.tsx')).StatementPage) },
  { path: '/invoices', screen: later(async () => (await import('./invoices.tsx')).Invoices) },
]

/** A supplier sees its score, too. */
export const qualityScreen: Screen = {
  path: '/quality',
  screen: later(async () => (await import('./quality.tsx')).Quality),
}

/** Where a buyer claims. */
export const claimFormScreen: Screen = {
  path: '/claim',
  screen: later(async () => (await import('./claim-form.tsx')).ClaimForm),
}

/** The finance desk of operations. */
export const deskScreens: Screen[] = [
  ...bookScreens,
  qualityScreen,
  { path: '/claim-rules', screen: later(async () => (await import('./claim-rules.tsx')).ClaimRules) },
  { path: '/ageing', screen: later(async () => (await import('./ageing.tsx')).Ageing) },
  { path: '/terms', screen: later(async () => (await import('./terms.tsx')).TermsScreen) },
  { path: '/months', screen: later(async () => (await import('./months.tsx')).Months) },
  { path: '/months/:month', screen: later(async () => (await import('./months.tsx')).MonthPage) },
]
