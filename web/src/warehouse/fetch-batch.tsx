import type { shortReasons } from '@huming/shared/contracts/picking'
import { useState } from 'react'
import { t } from '../app/i18n.ts'
import { invalidate } from '../app/query.ts'
import { useMe } from '../app/session.ts'
import { Button } from '../kit/button.tsx'
import { RadioGroup } from '../kit/field.tsx'
import { Card } from '../kit/page.tsx'
import { ScanBox } from '../kit/scan-box.tsx'
import { ProblemNote } from '../kit/states.tsx'
import { NumberPad, padNumber } from './number-pad.tsx'
import { actNow } from './pick-outbox.ts'
import type { Batch } from './put-wave.tsx'
import { names } from './use-pick.ts'
import { entered, entryOf, nameOf, quantityOf } from './words.ts'
import './picking-texts.ts'

type Reason = (typeof shortReasons)[number]
const reasons: readonly Reason[] = ['missing', 'damaged', 'misplaced']

/** The whole lot from its bin to the wall: a scan of the lot, all of it or how much there is and why. */
export function FetchBatch({ batch }: { batch: Batch }) {
  const { person } = useMe()
  const [scanned, setScanned] = useState(false)
  const [less, setLess] = useState(false)
  const [texts, setTexts] = useState<Record<string, string>>({ found: '0' })
  const [reason, setReason] = useState<Reason>('missing')
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const entry = entryOf(batch, batch.quantity)
  const found = { key: 'found', label: t('picking.put.found'), unit: entry.unit, decimals: entry.decimals }
  const scan = (code: string): true | string => {
    if (!names(code, batch.lotCode)) return t('warehouse.pick.wrongLot', { expected: batch.lotCode })
    setScanned(true)
    return true
  }
  const send = async (quantity: number) => {
    const why = quantity < batch.quantity ? reason : null
    const input = { params: { id: batch.id }, body: { lot: batch.lotCode, quantity, reason: why } }
    const title = `${t('picking.act.fetch')} · ${nameOf(batch)} ${quantityOf(batch, quantity)}`
    setBusy(true)
    try {
      await actNow(person.id, { kind: 'fetch', input }, { title, sub: batch.lotCode })
      invalidate('picking.')
    } catch (problem) {
      setError(problem)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Card title={t('picking.put.fetch')}>
      <div className="stack">
        <dl className="wh-big">
          <div data-now="">
            <dt>{t('picking.bin')}</dt>
            <dd className="wh-code">{batch.binCode ?? t('picking.noBin')}</dd>
          </div>
          <div>
            <dt>{t('warehouse.lot')}</dt>
            <dd className="wh-code">{batch.lotCode}</dd>
            <dd>
              {t('warehouse.useBy')} <b>{batch.useByDay}</b>
            </dd>
          </div>
          <div>
            <dt>{t('warehouse.quantity')}</dt>
            <dd className="wh-amount">{quantityOf(batch, batch.quantity)}</dd>
          </div>
        </dl>
        {!scanned && <ScanBox label={t('picking.put.fetchScan')} onCode={scan} />}
        {scanned && !less && (
          <>
            <Button
              tone="main"
              size="l"
              full
              icon="check"
              busy={busy}
              onClick={() => void send(batch.quantity)}
            >
              {t('picking.put.fetchAll', { quantity: quantityOf(batch, batch.quantity) })}
            </Button>
            <Button size="l" full icon="warning" onClick={() => setLess(true)}>
              {t('picking.put.fetchLess')}
            </Button>
          </>
        )}
        {less && (
          <>
            <RadioGroup
              label={t('warehouse.short.reason')}
              value={reason}
              options={reasons.map((value) => ({ value, label: t(`warehouse.short.${value}`) }))}
              onPick={setReason}
            />
            <NumberPad
              fields={[found]}
              texts={texts}
              onText={(key, text) => setTexts({ ...texts, [key]: text })}
            />
            <Button
              tone="danger"
              size="l"
              full
              busy={busy}
              onClick={() => void send(entered(padNumber(texts, found) ?? 0, entry))}
            >
              {t('warehouse.short.send')}
            </Button>
          </>
        )}
        <ProblemNote error={error} />
      </div>
    </Card>
  )
}
