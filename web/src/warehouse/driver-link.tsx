import { instantText } from '@huming/shared/days'
import { newId } from '@huming/shared/ids'
import { useState } from 'react'
import type { Reply } from '../app/api.ts'
import { locale, t } from '../app/i18n.ts'
import { useAct, useApi } from '../app/query.ts'
import { Button } from '../kit/button.tsx'
import { Drawer } from '../kit/dialog.tsx'
import { Note, ProblemNote } from '../kit/states.tsx'
import { toast, toastProblem } from '../kit/toast.tsx'

type Link = Reply<'driverLinks.revoke'>
type Made = Reply<'driverLinks.make'>
const whenText = (at: string) => instantText(new Date(at), locale())

/** The link that opens a run on its driver's phone: made, shown as a code to scan, sent, ended. */
export function DriverLink({ run }: { run: { id: string; seq: number } }) {
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button tone="quiet" icon="phone" onClick={() => setOpen(true)}>
        {t('link.open')}
      </Button>
      <Drawer open={open} onClose={() => setOpen(false)} title={t('link.title', { seq: run.seq })}>
        {open && <LinkDesk runId={run.id} />}
      </Drawer>
    </>
  )
}

function LinkDesk({ runId }: { runId: string }) {
  const list = useApi('driverLinks.list', { params: { id: runId } })
  const [made, setMade] = useState<Made | null>(null)
  const changes = ['driverLinks.list'] as const
  const make = useAct('driverLinks.make', { changes, onDone: setMade })
  const last = list.data?.items.find((link) => link.revokedAt === null)
  return (
    <div className="stack">
      <p className="muted">{t('link.hint')}</p>
      <ProblemNote error={make.error ?? list.error} />
      {last && <State link={last} />}
      {made && made.id === last?.id && <Fresh made={made} />}
      <Button
        tone="main"
        size="l"
        full
        busy={make.isPending}
        onClick={() => make.mutate({ params: { id: newId() }, body: { runId } })}
      >
        {t(last ? 'link.remake' : 'link.make')}
      </Button>
      {last && <Acts link={last} onEnd={() => setMade(null)} />}
    </div>
  )
}

function State({ link }: { link: Link }) {
  return (
    <Note tone={link.openedAt ? 'good' : 'info'}>
      {link.driver} ·{' '}
      {link.openedAt ? t('link.state.opened', { time: whenText(link.openedAt) }) : t('link.state.fresh')} ·{' '}
      {t('link.until', { time: whenText(link.expiresAt) })}
    </Note>
  )
}

/** The address is told once only, right after it was made. */
function Fresh({ made }: { made: Made }) {
  const copy = async () => {
    await navigator.clipboard.writeText(made.url)
    toast(t('link.copied'), { tone: 'good' })
  }
  return (
    <>
      <img
        src={`data:image/svg+xml;utf8,${encodeURIComponent(made.qr)}`}
        alt={t('link.qr')}
        width={240}
        height={240}
        style={{ marginInline: 'auto' }}
      />
      <Button size="l" full onClick={() => void copy().catch(toastProblem)}>
        {t('link.copy')}
      </Button>
    </>
  )
}

function Acts({ link, onEnd }: { link: Link; onEnd: () => void }) {
  const changes = ['driverLinks.list'] as const
  const params = { id: link.id }
  const send = useAct('driverLinks.send', {
    changes,
    onDone: ({ phone }) => {
      // The address shown before ended when a new one was sent.
      onEnd()
      toast(t('link.sent', { phone }), { tone: 'good' })
    },
  })
  const end = useAct('driverLinks.revoke', { changes, onDone: onEnd })
  return (
    <>
      <Button
        size="l"
        full
        busy={send.isPending}
        onClick={() => send.mutate({ params }, { onError: toastProblem })}
      >
        {t('link.send')}
      </Button>
      <Button
        size="l"
        tone="danger"
        full
        busy={end.isPending}
        onClick={() => end.mutate({ params }, { onError: toastProblem })}
      >
        {t('link.revoke')}
      </Button>
    </>
  )
}
