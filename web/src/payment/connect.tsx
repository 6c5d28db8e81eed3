import { useState } from 'react'
import type { Reply } from '../app/api.ts'
import { t } from '../app/i18n.ts'
import { useAct, useApi } from '../app/query.ts'
import { Badge } from '../kit/badge.tsx'
import { Button } from '../kit/button.tsx'
import { Dialog } from '../kit/dialog.tsx'
import { TextField } from '../kit/field.tsx'
import { PageHeader } from '../kit/page.tsx'
import { EmptyState, Loaded, ProblemNote } from '../kit/states.tsx'
import { DataTable } from '../kit/table.tsx'
import { toast } from '../kit/toast.tsx'
import { timeText } from './words.ts'
import './texts.ts'

type Party = Reply<'connect.list'>['items'][number]
const tones = { none: 'plain', asked: 'info', failed: 'bad', onboarding: 'warn', ready: 'good' } as const

/** Which parties can be paid by Stripe, and how far the others are. */
export function ConnectDesk() {
  const query = useApi('connect.list', {})
  return (
    <>
      <PageHeader title={t('connect.title')} />
      <div className="stack">
        <p className="muted small">{t('connect.text')}</p>
        <Loaded
          query={query}
          empty={{
            when: ({ items }) => items.length === 0,
            show: <EmptyState icon="people" title={t('connect.none')} />,
          }}
        >
          {({ items }) => (
            <DataTable<Party>
              label={t('connect.title')}
              rows={items}
              rowKey={(row) => row.orgId}
              columns={[
                { key: 'party', head: t('connect.party'), cell: (row) => row.name, sort: (row) => row.name },
                {
                  key: 'state',
                  head: t('connect.state'),
                  cell: (row) => (
                    <span>
                      <Badge tone={tones[row.state]}>{t(`connect.state.${row.state}`)}</Badge>{' '}
                      <span className="small">{row.failure}</span>
                    </span>
                  ),
                  sort: (row) => row.state,
                },
                {
                  key: 'account',
                  head: t('connect.account'),
                  cell: (row) => <span className="num small">{row.accountId ?? '—'}</span>,
                },
                { key: 'since', head: t('connect.since'), cell: (row) => timeText(row.createdAt) },
                { key: 'act', head: '', end: true, cell: (row) => <Act party={row} /> },
              ]}
            />
          )}
        </Loaded>
      </div>
    </>
  )
}

function Act({ party }: { party: Party }) {
  if (party.state === 'none' || party.state === 'failed') return <Open party={party} />
  return party.state === 'onboarding' ? <PartyLink party={party} /> : null
}

function Open({ party: { orgId, state } }: { party: Party }) {
  const open = useAct('connect.open', {
    changes: ['connect.list'],
    onDone: () => toast(t('connect.asked')),
  })
  return (
    <>
      <Button busy={open.isPending} onClick={() => open.mutate({ params: { orgId } })}>
        {state === 'failed' ? t('connect.again') : t('connect.open')}
      </Button>
      <ProblemNote error={open.error} />
    </>
  )
}

async function copy(url: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(url)
    toast(t('pay.copied'), { tone: 'good' })
  } catch {
    toast(t('pay.copyFailed'), { tone: 'warn' })
  }
}

/** The link is asked for each time: it is good for minutes. */
function PartyLink({ party: { orgId, name } }: { party: Party }) {
  const [url, setUrl] = useState('')
  const link = useAct('connect.link', { onDone: (made) => setUrl(made.url) })
  return (
    <>
      <Button busy={link.isPending} onClick={() => link.mutate({ params: { orgId } })}>
        {t('connect.link')}
      </Button>
      <ProblemNote error={link.error} />
      <Dialog
        open={url !== ''}
        onClose={() => setUrl('')}
        title={name}
        foot={
          <Button tone="main" icon="link" onClick={() => void copy(url)}>
            {t('connect.copy')}
          </Button>
        }
      >
        <div className="stack">
          <p>{t('connect.linkText')}</p>
          <TextField label={t('connect.link')} value={url} onText={() => undefined} readOnly />
        </div>
      </Dialog>
    </>
  )
}
