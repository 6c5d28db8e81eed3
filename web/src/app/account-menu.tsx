import { useState } from 'react'
import { useLocation } from 'wouter'
import { Button, IconButton } from '../kit/button.tsx'
import { Segmented } from '../kit/choose.tsx'
import { ConfirmButton, Drawer } from '../kit/dialog.tsx'
import { Select } from '../kit/field.tsx'
import { toast, toastProblem } from '../kit/toast.tsx'
import { api } from './api.ts'
import { comma, setLocale, t, useLocale } from './i18n.ts'
import { useAct } from './query.ts'
import { homeOf, takeSession, useSession } from './session.ts'
import { setTheme, type Theme, theme } from './theme.ts'

/** Who I am, for whom I act, language, theme, signing out. */
export function AccountMenu() {
  const [open, setOpen] = useState(false)
  return (
    <>
      <IconButton icon="person" label={t('app.account')} onClick={() => setOpen(true)} />
      <Drawer open={open} onClose={() => setOpen(false)} title={t('app.account')}>
        <div className="stack">
          <Who onSwitched={() => setOpen(false)} />
          <Preferences />
          <SignOut />
        </div>
      </Drawer>
    </>
  )
}

function Who({ onSwitched }: { onSwitched: () => void }) {
  const { data: me } = useSession()
  const [, go] = useLocation()
  const change = useAct('accounts.switchOrg', {
    onDone: (next) => {
      takeSession(next)
      onSwitched()
      go(`~${homeOf(next)}`)
    },
  })
  if (!me) return null
  return (
    <>
      <div>
        <strong>{me.person.name}</strong> <span className="muted">{me.person.phone}</span>
        <div className="muted">{me.roles.map((role) => t(`role.${role}`)).join(comma())}</div>
      </div>
      {me.orgs.length > 1 ? (
        <Select
          label={t('app.organisation')}
          value={me.org.id}
          options={me.orgs.map((org) => ({ value: org.id, label: org.name }))}
          onPick={(orgId) => change.mutate({ body: { orgId } }, { onError: toastProblem })}
        />
      ) : (
        <div>
          <div className="k-label">{t('app.organisation')}</div>
          {me.org.name}
        </div>
      )}
    </>
  )
}

/** Language and theme; also on the sign-in screen. */
export function Preferences() {
  const locale = useLocale()
  const [shown, setShown] = useState(theme)
  return (
    <>
      <div className="stack" style={{ ['--gap' as string]: '4px' }}>
        <span className="k-label">{t('app.language')}</span>
        <Segmented
          label={t('app.language')}
          value={locale}
          options={[
            { value: 'zh', label: '中文' },
            { value: 'en', label: 'English' },
          ]}
          onPick={setLocale}
        />
      </div>
      <div className="stack" style={{ ['--gap' as string]: '4px' }}>
        <span className="k-label">{t('app.theme')}</span>
        <Segmented<Theme>
          label={t('app.theme')}
          value={shown}
          options={(['auto', 'light', 'dark'] as const).map((value) => ({
            value,
            label: t(`app.theme.${value}`),
          }))}
          onPick={(next) => {
            setTheme(next)
            setShown(next)
          }}
        />
      </div>
    </>
  )
}

function SignOut() {
  const [, go] = useLocation()
  const leave = () => {
    takeSession(null)
    go('~/sign-in')
  }
  const out = useAct('accounts.signOut', { onDone: leave })
  const everywhere = async () => {
    try {
      const { ended } = await api('accounts.signOutEverywhere')
      toast(t('app.signedOutEverywhere', { count: ended }))
      leave()
    } catch (error) {
      toastProblem(error)
    }
  }
  return (
    <div className="stack" style={{ ['--gap' as string]: '8px' }}>
      <Button icon="out" busy={out.isPending} onClick={() => out.mutate({}, { onError: toastProblem })}>
        {t('app.signOut')}
      </Button>
      <ConfirmButton
        label={t('app.signOutEverywhere')}
        title={t('app.signOutEverywhere')}
        text={t('app.signOutEverywhereAsk')}
        onConfirm={everywhere}
      />
    </div>
  )
}
