import { useState } from 'react'
import type { Reply } from '../app/api.ts'
import { t } from '../app/i18n.ts'
import { useLive } from '../app/live.ts'
import { useAct, usePages } from '../app/query.ts'
import { useMay } from '../app/session.ts'
import { StatusChip } from '../kit/badge.tsx'
import { Button } from '../kit/button.tsx'
import { Segmented } from '../kit/choose.tsx'
import { Dialog } from '../kit/dialog.tsx'
import { TextField } from '../kit/field.tsx'
import { FilterBar, PageHeader } from '../kit/page.tsx'
import { Picture } from '../kit/picture.tsx'
import { EmptyState, Loaded, LoadMore, ProblemNote } from '../kit/states.tsx'
import { HubChoice, useHub } from '../warehouse/use-hub.tsx'
import { momentWords, quantityOf } from '../warehouse/words.ts'
import { GoodsHead } from './goods.tsx'
import './texts.ts'

type Record = Reply<'storing.listQuarantines'>['items'][number]
type Step = 'test' | 'release' | 'reject'

/** What is kept apart and why; warehouse people send samples, food safety decides. */
export function Quarantine() {
  const hub = useHub()
  const may = useMay()
  const [open, setOpen] = useState<'true' | ''>('true')
  const [step, setStep] = useState<{ of: Record; step: Step } | null>(null)
  const { items, more, query } = usePages('storing.listQuarantines', {
    query: { hubId: hub.hubId || undefined, open: open || undefined },
  })
  useLive(['stock.'], ['storing.listQuarantines'])
  return (
    <>
      <PageHeader title={t('stores.apart.title')} back={may('stock.release') ? '/' : '/stores'}>
        <HubChoice {...hub} />
      </PageHeader>
      <FilterBar>
        <Segmented
          label={t('stores.apart.title')}
          value={open}
          options={[
            { value: 'true' as const, label: t('stores.apart.openOnly') },
            { value: '' as const, label: t('stores.all') },
          ]}
          onPick={setOpen}
        />
      </FilterBar>
      <Loaded
        query={query}
        empty={{
          when: () => items.length === 0,
          show: <EmptyState icon="check" title={t('stores.apart.none')} />,
        }}
      >
        {() => (
          <div className="cards" style={{ ['--card' as string]: '340px' }}>
            {items.map((one) => (
              <Apart key={one.id} one={one} onStep={(which) => setStep({ of: one, step: which })} />
            ))}
          </div>
        )}
      </Loaded>
      <LoadMore more={more} size="l" />
      {step && <StepDialog key={step.of.id + step.step} {...step} onClose={() => setStep(null)} />}
    </>
  )
}

function Apart({ one, onStep }: { one: Record; onStep: (step: Step) => void }) {
  const may = useMay()
  const open = one.status === 'waiting' || one.status === 'testing'
  return (
    <article className="wh-card">
      <GoodsHead of={one} side={<StatusChip of="quarantine" status={one.status} />} />
      <span className="row">
        <span className="wh-code-s">{one.bin}</span>
        <b className="wh-loud">{quantityOf(one, one.quantity)}</b>
        <span className="muted small">{one.hub}</span>
      </span>
      <span>{one.reason}</span>
      {one.photoFileIds.length > 0 && (
        <span className="row">
          {one.photoFileIds.map((id) => (
            <Picture key={id} picture={`/api/files/${id}`} />
          ))}
        </span>
      )}
      <span className="muted small">
        {one.openedBy && t('stores.apart.openedBy', { who: one.openedBy })} {momentWords(one.openedAt)}
      </span>
      {one.testNote && <span className="small">{one.testNote}</span>}
      {one.decision && (
        <span className="small">
          <b>{one.decision}</b> · {one.decidedBy && t('stores.apart.decidedBy', { who: one.decidedBy })}{' '}
          {momentWords(one.decidedAt)}
        </span>
      )}
      {open && (
        <span className="wh-pair">
          {one.status === 'waiting' && may('stock.hold') && (
            <Button size="l" onClick={() => onStep('test')}>
              {t('stores.apart.test')}
            </Button>
          )}
          {may('stock.release') && (
            <>
              <Button size="l" tone="main" icon="check" onClick={() => onStep('release')}>
                {t('stores.apart.release')}
              </Button>
              <Button size="l" tone="danger" onClick={() => onStep('reject')}>
                {t('stores.apart.reject')}
              </Button>
            </>
          )}
        </span>
      )}
      {open && !may('stock.release') && <span className="muted small">{t('stores.apart.onlySafety')}</span>}
    </article>
  )
}

function StepDialog({ of, step, onClose }: { of: Record; step: Step; onClose: () => void }) {
  const [text, setText] = useState('')
  const changes = ['storing.listQuarantines', 'storing.listStock'] as const
  const test = useAct('storing.testQuarantine', { changes: [...changes], onDone: onClose })
  const decide = useAct('storing.decideQuarantine', { changes: [...changes], onDone: onClose })
  const send = () => {
    const params = { id: of.id }
    if (step === 'test') test.mutate({ params, body: { note: text } })
    else decide.mutate({ params, body: { release: step === 'release', reason: text } })
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={t(`stores.apart.${step}`)}
      foot={
        <Button
          tone={step === 'reject' ? 'danger' : 'main'}
          size="l"
          full
          busy={test.isPending || decide.isPending}
          refused={text.trim() === '' ? t('stores.act.needReason') : undefined}
          onClick={send}
        >
          {t(`stores.apart.${step}`)}
        </Button>
      }
    >
      <div className="stack">
        <GoodsHead of={of} />
        <b>{quantityOf(of, of.quantity)}</b>
        <TextField
          label={t(step === 'test' ? 'stores.apart.note' : 'stores.apart.decision')}
          size="l"
          maxLength={200}
          value={text}
          onText={setText}
        />
        <ProblemNote error={test.error ?? decide.error} />
      </div>
    </Dialog>
  )
}
