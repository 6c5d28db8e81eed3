import { QueryClientProvider } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { Redirect, Route, Router, Switch, useLocation } from 'wouter'
import { LinkButton } from '../kit/button.tsx'
import { PageHeader } from '../kit/page.tsx'
import { EmptyState, ErrorState, Skeleton } from '../kit/states.tsx'
import { Toasts } from '../kit/toast.tsx'
import { type Area, type AreaName, areaAt, areaDoors, loadArea, startOf } from './area.ts'
import { CrashBoundary } from './crash.tsx'
import { addTexts, t, useLocale } from './i18n.ts'
import { queryClient } from './query.ts'
import { homeOf, type Me, useSession } from './session.ts'
import { Shell } from './shell.tsx'
import { SignIn } from './sign-in.tsx'

/** The whole app. Drawn again from here when the language changes. */
export function App() {
  useLocale()
  return (
    <QueryClientProvider client={queryClient}>
      <CrashBoundary>
        <Switch>
          <Route path="/sign-in">
            <SignIn />
          </Route>
          <Route>
            <Console />
          </Route>
        </Switch>
      </CrashBoundary>
      <Toasts />
    </QueryClientProvider>
  )
}

/** Finds the console of the address and who may be in it. */
function Console() {
  const [path] = useLocation()
  const session = useSession()
  const name = areaAt(path)
  const { kinds } = areaDoors[name]
  if (session.error && session.data === undefined) {
    return <ErrorState error={session.error} onRetry={() => void session.refetch()} />
  }
  if (session.data === undefined) return <Skeleton />
  const me = session.data
  const open = kinds.length === 0
  if (!me && !open)
    return <Redirect to={`/sign-in?to=${encodeURIComponent(path + location.search)}`} replace />
  if (me && !open && !(kinds as readonly string[]).includes(me.org.kind))
    return <WrongConsole me={me} path={path} />
  return <ConsoleOf key={name} name={name} me={me} />
}

/** The root leads everyone to their own console; other addresses say whose they are. */
function WrongConsole({ me, path }: { me: Me; path: string }) {
  if (path === '/') return <Redirect to={homeOf(me)} replace />
  return (
    <Shell area={undefined} me={me}>
      <PageHeader title={t('app.otherConsole')} />
      <EmptyState icon="shield" title="" text={t('app.otherConsoleHint')}>
        <LinkButton to={homeOf(me)} tone="main">
          {t('app.home')}
        </LinkButton>
      </EmptyState>
    </Shell>
  )
}

type Loading = { area: Area | undefined; state: 'loading' | 'there' } | { error: unknown; state: 'failed' }

function useArea(name: AreaName): Loading {
  const [loaded, setLoaded] = useState<Loading>({ area: undefined, state: 'loading' })
  useEffect(() => {
    let gone = false
    loadArea(name).then(
      (area) => {
        if (gone) return
        if (area) addTexts(area.messages)
        setLoaded({ area, state: 'there' })
      },
      (error: unknown) => !gone && setLoaded({ error, state: 'failed' }),
    )
    return () => {
      gone = true
    }
  }, [name])
  return loaded
}

function ConsoleOf({ name, me }: { name: AreaName; me: Me | null }) {
  const loaded = useArea(name)
  if (loaded.state === 'failed') return <ErrorState error={loaded.error} onRetry={() => location.reload()} />
  const { area } = loaded
  return (
    <Router base={areaDoors[name].base}>
      <Shell area={area} me={me}>
        {loaded.state === 'loading' ? <Skeleton /> : <Screens area={area} />}
      </Shell>
    </Router>
  )
}

function Screens({ area }: { area: Area | undefined }) {
  const [path] = useLocation()
  const screens = (
    <CrashBoundary key={path}>
      <Switch>
        {(area?.screens ?? []).map(({ path: at, screen }) => (
          <Route key={at} path={at} component={screen} />
        ))}
        <Route>
          <PageHeader title={t('app.pageMissing')} />
          <EmptyState icon="map" title="" text={t('app.pageMissingHint')}>
            <LinkButton to={startOf(area)} tone="main">
              {t('app.home')}
            </LinkButton>
          </EmptyState>
        </Route>
      </Switch>
    </CrashBoundary>
  )
  return area?.Frame ? <area.Frame>{screens}</area.Frame> : screens
}
