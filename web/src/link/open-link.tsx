import { type FormEvent, useState } from 'react'
import { api, type Reply } from '../app/api.ts'
import { t } from '../app/i18n.ts'
import { useAct } from '../app/query.ts'
import { takeSession } from '../app/session.ts'
import { Button } from '../kit/button.tsx'
import { TextField } from '../kit/field.tsx'
import { Card, PageHeader } from '../kit/page.tsx'
import { EmptyState, Note, ProblemNote } from '../kit/states.tsx'

/** The token stands behind the hash sign, which browsers send to nobody. */
const tokenOf = (hash: string): string | null => /^#([\w-]{22})$/.exec(hash)?.[1] ?? null

/** The run of a link, opened with the code that went to the driver's phone. */
export function OpenLink() {
  const [token] = useState(() => tokenOf(location.hash))
  const [sent, setSent] = useState<Reply<'driverLinks.askCode'> | null>(null)
  const ask = useAct('driverLinks.askCode', { onDone: setSent })
  if (!token)
    return (
      <>
        <PageHeader title={t('driver.link.title')} />
        <EmptyState icon="warning" title={t('driver.link.broken')} />
      </>
    )
  return (
    <div className="stack">
      <PageHeader title={t('driver.link.title')} />
      <Card>
        <p>{t('driver.link.hint')}</p>
        {sent && <Note tone="good">{t('driver.link.sent', { phone: sent.phone })}</Note>}
        {sent?.sampleCode && <Note>{t('driver.link.sample', { code: sent.sampleCode })}</Note>}
        <ProblemNote error={ask.error} />
        {sent && <CodeForm key={sent.expiresAt} token={token} />}
        <Button
          tone={sent ? 'quiet' : 'main'}
          size="l"
          full
          busy={ask.isPending}
          onClick={() => ask.mutate({ body: { token } })}
        >
          {t(sent ? 'driver.link.again' : 'driver.link.ask')}
        </Button>
      </Card>
    </div>
  )
}

/** The session is the driver's from now on. */
async function enter(): Promise<void> {
  takeSession(await api('accounts.me'))
  const [run] = (await api('delivery.myRuns')).items
  // A fresh page: the driver's console stands alone, and the token is out of the address and the history.
  location.replace(run ? `/driver/runs/${run.id}` : '/driver')
}

function CodeForm({ token }: { token: string }) {
  const [code, setCode] = useState('')
  const open = useAct('driverLinks.open', {
    onDone: () => void enter(),
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (code.length === 6) open.mutate({ body: { token, code } })
  }
  return (
    <form className="stack" onSubmit={submit} noValidate>
      <ProblemNote error={open.error} />
      <TextField
        label={t('driver.link.code')}
        size="l"
        inputMode="numeric"
        autoComplete="one-time-code"
        maxLength={6}
        value={code}
        onText={(text) => setCode(text.normalize('NFKC').replace(/\D/g, ''))}
      />
      <Button type="submit" tone="main" size="l" full busy={open.isPending} disabled={code.length !== 6}>
        {t('driver.link.open')}
      </Button>
    </form>
  )
}
