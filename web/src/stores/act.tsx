import { newId } from '@huming/shared/ids'
import { useState } from 'react'
import { useLocation, useSearchParams } from 'wouter'
import { api } from '../app/api.ts'
import { t } from '../app/i18n.ts'
import { useAct, useApi } from '../app/query.ts'
import { useMay } from '../app/session.ts'
import { Button } from '../kit/button.tsx'
import { Segmented } from '../kit/choose.tsx'
import { ConfirmButton } from '../kit/dialog.tsx'
import { signal } from '../kit/feedback.ts'
import { TextField } from '../kit/field.tsx'
import { BottomBar, Card, PageHeader } from '../kit/page.tsx'
import { PhotoInput } from '../kit/photo-input.tsx'
import { ScanBox } from '../kit/scan-box.tsx'
import { EmptyState, Loaded, ProblemNote } from '../kit/states.tsx'
import { toast, toastProblem } from '../kit/toast.tsx'
import { NumberPad, padNumber } from '../warehouse/number-pad.tsx'
import { entered, entryOf, shortQuantityOf, toEnter } from '../warehouse/words.ts'
import { GoodsHead, type StockRow, WhereAndHowMuch } from './goods.tsx'
import './texts.ts'

const changes = [
  'storing.scan',
  'storing.listStock',
  'storing.listReplenishments',
  'storing.listQuarantines',
] as const

/** What to do with goods of one lot in one bin: carry, keep apart, or set apart to be destroyed. */
export function StockAct() {
  const [search] = useSearchParams()
  const [lotId, binId] = [search.get('lot') ?? '', search.get('bin') ?? '']
  const query = useApi('storing.listStock', { query: { lotId, binId } })
  return (
    <Loaded query={query}>
      {({ items: [row] }) =>
        row ? (
          <Act
            key={row.binId + row.lotId}
            row={row}
            to={search.get('to')}
            ask={Number(search.get('q') ?? 0)}
          />
        ) : (
          <EmptyState icon="box" title={t('stores.act.gone')} />
        )
      }
    </Loaded>
  )
}

type What = 'move' | 'hold' | 'destroy'
type Target = { id: string; code: string }

function Act({ row, to, ask }: { row: StockRow; to: string | null; ask: number }) {
  const may = useMay()
  const returned = row.binKind === 'returns'
  const kinds: What[] = returned
    ? ['destroy']
    : may('stock.hold')
      ? ['move', 'hold', 'destroy']
      : ['move', 'destroy']
  const [what, setWhat] = useState<What>(kinds[0] as What)
  const [id] = useState(newId)
  const start = ask > 0 ? Math.min(ask, row.quantity) : row.quantity
  const entry = entryOf(row, start)
  const [texts, setTexts] = useState<Record<string, string>>({ quantity: toEnter(start, entry) })
  const [target, setTarget] = useState<Target | null>(null)
  const [reason, setReason] = useState('')
  const [photoFileIds, setPhotos] = useState<string[]>([])
  const sending = useSending(row)
  const field = {
    key: 'quantity',
    label: t('warehouse.quantity'),
    unit: entry.unit,
    decimals: entry.decimals,
  }
  const quantity = Math.min(row.quantity, entered(padNumber(texts, field) ?? 0, entry))
  const suggested = useSuggested(row, to)
  const goal = target ?? suggested
  const scanTarget = async (code: string): Promise<true | string> => {
    const { bin } = await api('storing.scan', {
      params: { hubId: row.hubId },
      query: { code: code.slice(0, 200) },
    })
    if (!bin) return t('stores.act.targetWrong')
    if (bin.id === row.binId) return t('stores.act.targetSame')
    setTarget({ id: bin.id, code: bin.code })
    return true
  }
  const send = () => sending.send(id, what, { quantity, toBinId: goal?.id ?? '', reason, photoFileIds })
  return (
    <>
      <PageHeader title={t('stores.act.title')} back="/stores" />
      <div className="wh-split">
        <Card>
          <GoodsHead of={row} />
          <WhereAndHowMuch row={row} />
          {kinds.length > 1 && (
            <Segmented
              label={t('stores.act.what')}
              value={what}
              options={kinds.map((value) => ({ value, label: t(`stores.act.${value}`) }))}
              onPick={setWhat}
            />
          )}
          {what === 'move' ? (
            <>
              <ScanBox label={t('stores.act.target')} onCode={scanTarget} />
              {goal && (
                <b className="wh-code">
                  {t('stores.to')} {goal.code}
                </b>
              )}
            </>
          ) : (
            <TextField
              label={t('stores.act.reason')}
              hint={t('stores.act.reasonHint')}
              size="l"
              maxLength={200}
              value={reason}
              onText={setReason}
            />
          )}
          {what === 'hold' && (
            <PhotoInput label={t('stores.act.photos')} ids={photoFileIds} onIds={setPhotos} max={6} />
          )}
          {what === 'hold' && <StopWhole row={row} reason={reason} />}
          <ProblemNote error={sending.error} />
        </Card>
        {(what !== 'move' || goal) && (
          <Card>
            <NumberPad
              fields={[field]}
              texts={texts}
              onText={(key, text) => setTexts({ ...texts, [key]: text })}
            />
          </Card>
        )}
      </div>
      <BottomBar>
        <Button
          tone={what === 'destroy' ? 'danger' : 'main'}
          size="l"
          full
          icon="check"
          busy={sending.busy}
          refused={wanting(what, quantity, goal, reason)}
          onClick={send}
        >
          {sentence(row, what, quantity, goal)}
        </Button>
      </BottomBar>
    </>
  )
}

/** The whole lot stops at once, wherever it lies and whoever is picking it. */
function StopWhole({ row, reason }: { row: StockRow; reason: string }) {
  const stop = useAct('stock.stopLot', {
    changes: [...changes],
    onDone: () => toast(t('stores.act.stopped')),
  })
  if (reason.trim() === '' || row.stage !== 'received') return null
  return (
    <ConfirmButton
      label={t('stores.act.stop')}
      title={`${t('stores.act.stop')} ${row.lotCode}`}
      text={t('stores.act.stopText')}
      size="l"
      busy={stop.isPending}
      onConfirm={() =>
        stop.mutate({ params: { id: row.lotId }, body: { reason } }, { onError: toastProblem })
      }
    />
  )
}

/** The bin that the list of what to bring has named. */
function useSuggested(row: StockRow, to: string | null): Target | null {
  const { data } = useApi(
    'storing.listBins',
    { query: { hubId: row.hubId, search: to ?? '' } },
    { enabled: to !== null },
  )
  const bin = data?.items.find((one) => one.code === to)
  return bin ? { id: bin.id, code: bin.code } : null
}

type Body = { quantity: number; toBinId: string; reason: string; photoFileIds: string[] }

/** The three verbs behind one button. */
function useSending(row: StockRow) {
  const [, go] = useLocation()
  const done = (said: string) => () => {
    signal('right')
    toast(said)
    go(`/stores?code=${encodeURIComponent(row.bin)}`)
  }
  const move = useAct('storing.move', { changes: [...changes], onDone: done(t('stores.act.moved')) })
  const hold = useAct('storing.quarantine', { changes: [...changes], onDone: done(t('stores.act.held')) })
  const destroy = useAct('storing.setApart', {
    changes: [...changes],
    onDone: done(t('stores.act.destroyed')),
  })
  const send = (id: string, what: What, { quantity, toBinId, reason, photoFileIds }: Body) => {
    const goods = { lotId: row.lotId, fromBinId: row.binId, quantity }
    const params = { id }
    if (what === 'move') move.mutate({ params, body: { ...goods, toBinId } })
    else if (what === 'hold') hold.mutate({ params, body: { ...goods, reason, photoFileIds } })
    else destroy.mutate({ params, body: { ...goods, reason } })
  }
  return {
    send,
    busy: move.isPending || hold.isPending || destroy.isPending,
    error: move.error ?? hold.error ?? destroy.error,
  }
}

function wanting(what: What, quantity: number, target: Target | null, reason: string): string | undefined {
  if (what === 'move' && !target) return t('stores.act.needTarget')
  if (what !== 'move' && reason.trim() === '') return t('stores.act.needReason')
  return quantity > 0 ? undefined : t('stores.act.needQuantity')
}

function sentence(row: StockRow, what: What, base: number, target: Target | null): string {
  const quantity = shortQuantityOf(row, base)
  if (what === 'hold') return t('stores.act.doHold', { quantity })
  if (what === 'destroy') return t('stores.act.doDestroy', { quantity })
  return t('stores.act.doMove', { quantity, bin: target?.code ?? '…' })
}
