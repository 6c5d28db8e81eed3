import { formatYuan } from '@huming/shared/money'
import type { Reply } from '../app/api.ts'
import { t } from '../app/i18n.ts'
import { useApi } from '../app/query.ts'
import { Button } from '../kit/button.tsx'
import { Card } from '../kit/page.tsx'
import { Loaded, Note } from '../kit/states.tsx'
import { toast } from '../kit/toast.tsx'
import './payment.css'
import './texts.ts'

async function copy(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text)
    toast(t('pay.copied'), { tone: 'good' })
  } catch {
    toast(t('pay.copyFailed'), { tone: 'warn' })
  }
}

function Row({ label, text, strong }: { label: string; text: string; strong?: boolean }) {
  return (
    <div className="pay-row" data-strong={strong || undefined}>
      <span className="muted small">{label}</span>
      <span className="pay-text num">{text}</span>
      <Button tone="quiet" aria-label={`${t('pay.copy')} ${label}`} onClick={() => void copy(text)}>
        {t('pay.copy')}
      </Button>
    </div>
  )
}

/** Where to send a bank transfer, and the code that says whose it is; each part can be copied. */
export function TransferCard({ code, fen }: { code: string; fen: number | null }) {
  const options = useApi('payments.options', { query: {} })
  return <Loaded query={options}>{(given) => <Account of={given} code={code} fen={fen} />}</Loaded>
}

type AccountProps = { of: Reply<'payments.options'>; code: string; fen: number | null }

function Account({ of: { account }, code, fen }: AccountProps) {
  return (
    <Card title={t('pay.transferTitle')}>
      <div className="stack">
        {account && (
          <>
            <Row label={t('pay.holder')} text={account.holder} />
            <Row label={t('pay.bank')} text={account.bank} />
            <Row label={t('pay.number')} text={account.number} />
          </>
        )}
        {fen !== null && <Row label={t('pay.amount')} text={formatYuan(fen).slice(1).replaceAll(',', '')} />}
        <Row label={t('pay.code')} text={code} strong />
        <Note>{t('pay.codeHint')}</Note>
      </div>
    </Card>
  )
}
