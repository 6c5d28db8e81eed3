import { newId } from '@huming/shared/ids'
import { formatYuan, parseYuan } from '@huming/shared/money'
import { useState } from 'react'
import { useLocation, useSearchParams } from 'wouter'
import type { Reply } from '../app/api.ts'
import { t } from '../app/i18n.ts'
import { useAct, useApi } from '../app/query.ts'
import { Money } from '../kit/amount.tsx'
import { Button, LinkButton } from '../kit/button.tsx'
import { RadioGroup, TextField } from '../kit/field.tsx'
import { Card, Facts, PageHeader } from '../kit/page.tsx'
import { Loaded, Note, ProblemNote } from '../kit/states.tsx'
import { type Method, methodText, type PaymentBrief, purposeText } from './words.ts'
import './texts.ts'

type Options = Reply<'payments.options'>
type Purpose = PaymentBrief['purpose']

/** What is paid, from the address: `?statement=…&fen=…`, `?order=…&fen=…`, or a top-up. */
function useWanted(): { purpose: Purpose; subjectId: string | null; fen: number | null } {
  const [search] = useSearchParams()
  const [statement, order] = [search.get('statement'), search.get('order')]
  const fen = Number(search.get('fen'))
  return {
    purpose: statement ? 'statement' : order ? 'order' : 'prepay',
    subjectId: statement ?? order,
    fen: Number.isSafeInteger(fen) && fen > 0 ? fen : null,
  }
}

/** Begins a payment: how much, and how. */
export function Pay() {
  const wanted = useWanted()
  const statementId = wanted.purpose === 'statement' ? (wanted.subjectId ?? undefined) : undefined
  const options = useApi('payments.options', { query: { statementId } })
  return (
    <>
      <PageHeader title={t('pay.title')} sub={purposeText(wanted.purpose)} back="/payments">
        <LinkButton to="/payments" icon="list">
          {t('pay.history')}
        </LinkButton>
      </PageHeader>
      <Loaded query={options}>
        {(given) => (
          <div className="stack">
            <Standing of={given} />
            {given.methods.length === 0 ? (
              <Note tone="warn">{t('pay.nothing')}</Note>
            ) : (
              <PayForm wanted={wanted} options={given} />
            )}
          </div>
        )}
      </Loaded>
    </>
  )
}

/** What is owed, held and prepaid. */
function Standing({ of }: { of: Options }) {
  const limit = of.limitFen === null ? t('pay.noLimit') : <Money key="l" fen={of.limitFen} />
  return (
    <Card>
      <Facts
        of={[
          [t('pay.owed'), <Money key="o" fen={of.owedFen} />],
          [t('pay.prepaidNow'), <Money key="p" fen={of.prepaidFen} />],
          [t('pay.held'), <Money key="h" fen={of.heldFen} />],
          [t('pay.limit'), limit],
        ]}
      />
    </Card>
  )
}

type FormProps = { wanted: ReturnType<typeof useWanted>; options: Options }

function PayForm({ wanted, options }: FormProps) {
  const [, go] = useLocation()
  const [id] = useState(newId)
  const proposed = wanted.fen ?? (options.owedFen > 0 ? options.owedFen : null)
  const [text, setText] = useState(proposed === null ? '' : formatYuan(proposed).slice(1))
  const [method, setMethod] = useState<Method>(options.methods[0] as Method)
  const [tried, setTried] = useState(false)
  const amountFen = parseYuan(text)
  const right = amountFen !== null && amountFen > 0
  const start = useAct('payments.start', {
    changes: ['payments.list'],
    onDone: (payment) => go(`/payments/${payment.id}`, { replace: true }),
  })
  const send = () => {
    setTried(true)
    if (!right) return
    const { purpose, subjectId } = wanted
    start.mutate({ params: { id }, body: { method, purpose, subjectId, amountFen } })
  }
  return (
    <Card>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault()
          send()
        }}
      >
        <TextField
          label={t('pay.amount')}
          hint={t('pay.amountHint')}
          error={tried && !right ? t('pay.amountWrong') : undefined}
          inputMode="decimal"
          maxLength={14}
          autoComplete="off"
          value={text}
          onText={setText}
        />
        <RadioGroup
          label={t('pay.how')}
          value={method}
          options={options.methods.map((value) => ({ value, label: methodText(value) }))}
          onPick={setMethod}
        />
        {options.online === 'off' && <Note>{t('pay.onlineOff')}</Note>}
        {options.online === 'sample' && <Note>{t('pay.sample')}</Note>}
        <ProblemNote error={start.error} />
        <Button type="submit" tone="main" size="l" full busy={start.isPending}>
          {t('pay.go')}
        </Button>
      </form>
    </Card>
  )
}
