import { type FormEvent, useEffect, useState } from 'react'
import { useLocation, useSearchParams } from 'wouter'
import { Button, IconButton } from '../kit/button.tsx'
import { TextField } from '../kit/field.tsx'
import { Icon, type IconName } from '../kit/icon.tsx'
import { ProblemNote } from '../kit/states.tsx'
import { Preferences } from './account-menu.tsx'
import type { Reply } from './api.ts'
import { t } from './i18n.ts'
import { useAct, useApi } from './query.ts'
import { homeOf, takeSession } from './session.ts'
import './sign-in.css'
import type { TextKey } from './texts.ts'

type Sample = Reply<'accounts.samples'>['items'][number]

const points: readonly (readonly [IconName, TextKey])[] = [
  ['leaf', 'app.point.lot'],
  ['money', 'app.point.price'],
  ['cold', 'app.point.cold'],
]

/** Phone and password; on sample data also the sample accounts of every role. */
export function SignIn() {
  useEffect(() => {
    document.title = `${t('app.signIn')} · ${t('app.name')}`
  })
  return (
    <div className="s-page">
      <header className="s-side">
        <div>
          <img src="/logo.svg" alt="" width={56} height={56} />
          <b>{t('app.name')}</b>
        </div>
        <p>{t('app.line')}</p>
        <ul>
          {points.map(([icon, key]) => (
            <li key={key}>
              <Icon name={icon} />
              {t(key)}
            </li>
          ))}
        </ul>
      </header>
      <main className="s-form stack" id="content">
        <SignInForm />
        <Preferences />
      </main>
    </div>
  )
}

/** Where the person was going, if it is a page of ours. */
function useWayBack(): string | null {
  const to = useSearchParams()[0].get('to')
  return to?.startsWith('/') && !to.startsWith('//') && to !== '/' ? to : null
}

function SignInForm() {
  const [phone, setPhone] = useState('')
  const [password, setPassword] = useState('')
  const [tried, setTried] = useState(false)
  const [, go] = useLocation()
  const back = useWayBack()
  const signIn = useAct('accounts.signIn', {
    onDone: (me) => {
      takeSession(me)
      go(back ?? homeOf(me), { replace: true })
    },
  })
  const phoneWrong = tried && !/^1[3-9]\d{9}$/.test(phone)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (/^1[3-9]\d{9}$/.test(phone) && password) signIn.mutate({ body: { phone, password } })
  }
  const fill = (sample: Sample) => {
    setPhone(sample.phone)
    setPassword(sample.password)
    signIn.reset()
  }
  return (
    <>
      <form className="stack" onSubmit={submit} noValidate>
        <h1>{t('app.signIn')}</h1>
        <ProblemNote error={signIn.error} />
        <TextField
          label={t('app.phone')}
          name="phone"
          type="tel"
          inputMode="numeric"
          autoComplete="username"
          maxLength={20}
          value={phone}
          onText={(text) => setPhone(text.normalize('NFKC').replace(/\D/g, ''))}
          error={phoneWrong ? t('app.phoneWrong') : undefined}
        />
        <PasswordField value={password} onText={setPassword} missing={tried && !password} />
        <Button type="submit" tone="main" size="l" full busy={signIn.isPending}>
          {t('app.signIn')}
        </Button>
      </form>
      <Samples onPick={fill} />
    </>
  )
}

type PasswordProps = { value: string; onText: (text: string) => void; missing: boolean }

function PasswordField({ value, onText, missing }: PasswordProps) {
  const [shown, setShown] = useState(false)
  return (
    <div className="row" style={{ alignItems: 'flex-start' }}>
      <div className="grow">
        <TextField
          label={t('app.password')}
          name="password"
          type={shown ? 'text' : 'password'}
          autoComplete="current-password"
          value={value}
          onText={onText}
          error={missing ? t('app.passwordMissing') : undefined}
        />
      </div>
      <IconButton
        style={{ marginBlockStart: 24 }}
        icon={shown ? 'eyeOff' : 'eye'}
        label={shown ? t('app.passwordHide') : t('app.passwordShow')}
        onClick={() => setShown(!shown)}
      />
    </div>
  )
}

function Samples({ onPick }: { onPick: (sample: Sample) => void }) {
  const health = useApi('system.health', {}, { staleTime: Infinity })
  const samples = useApi(
    'accounts.samples',
    {},
    { enabled: health.data?.sample === true, staleTime: Infinity },
  )
  if (!samples.data?.items.length) return null
  return (
    <section className="stack" style={{ ['--gap' as string]: '8px' }} aria-labelledby="samples">
      <h2 id="samples">{t('app.samples')}</h2>
      <p className="muted small">{t('app.samplesHint')}</p>
      <div className="s-samples">
        {samples.data.items.map((sample) => (
          <button key={sample.phone + sample.role} type="button" onClick={() => onPick(sample)}>
            <strong>{t(`role.${sample.role}`)}</strong>
            <small>
              {sample.org} · {sample.name}
            </small>
          </button>
        ))}
      </div>
    </section>
  )
}
