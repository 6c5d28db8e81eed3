import { newId } from '@huming/shared/ids'
import { useState } from 'react'
import { useLocation } from 'wouter'
import type { Reply } from '../app/api.ts'
import { t } from '../app/i18n.ts'
import { useAct, useApi } from '../app/query.ts'
import { Button, IconButton } from '../kit/button.tsx'
import { Combobox } from '../kit/combobox.tsx'
import { Dialog } from '../kit/dialog.tsx'
import { Select } from '../kit/field.tsx'
import { Stepper } from '../kit/number-field.tsx'
import { ProblemNote } from '../kit/states.tsx'
import { nameOf, quantityOf } from '../warehouse/words.ts'
import type { StockRow } from './goods.tsx'
import './texts.ts'

type Line = { pack: StockRow; units: number }
type Hub = Reply<'orders.hubs'>['items'][number]

/** Asks another hub for packs, in ordering units. */
export function AskTransfer({ toHubId, onClose }: { toHubId: string; onClose: () => void }) {
  const [id] = useState(newId)
  const [, go] = useLocation()
  const hubs = useApi('orders.hubs', undefined, { staleTime: 600_000 })
  const others = (hubs.data?.items ?? []).filter((hub: Hub) => hub.id !== toHubId)
  const [chosen, setFrom] = useState('')
  const fromHubId = chosen || (others[0]?.id ?? '')
  const [lines, setLines] = useState<Line[]>([])
  const ask = useAct('storing.askTransfer', {
    changes: ['storing.listTransfers'],
    onDone: () => go(`/stores/transfers/${id}`),
  })
  const send = () =>
    ask.mutate({
      params: { id },
      body: {
        fromHubId,
        toHubId,
        lines: lines.map(({ pack, units }) => ({
          skuId: pack.skuId,
          quantity: units * pack.basePerOrderUnit,
        })),
      },
    })
  const add = (pack: StockRow) =>
    setLines((before) =>
      before.some((line) => line.pack.skuId === pack.skuId) ? before : [...before, { pack, units: 1 }],
    )
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('stores.transfer.new')}
      foot={
        <Button
          tone="main"
          size="l"
          full
          busy={ask.isPending}
          refused={lines.length === 0 ? t('stores.transfer.add') : undefined}
          onClick={send}
        >
          {t('stores.transfer.send')}
        </Button>
      }
    >
      <div className="stack">
        <Select
          label={t('stores.transfer.fromHub')}
          size="l"
          value={fromHubId}
          options={others.map((hub: Hub) => ({ value: hub.id, label: hub.name }))}
          onPick={(value) => {
            setFrom(value)
            setLines([])
          }}
        />
        <PackChoice hubId={fromHubId} onPick={add} />
        {lines.map(({ pack, units }, at) => (
          <div key={pack.skuId} className="row spread">
            <span>
              <b>{nameOf(pack)}</b> <span className="muted small">{pack.spec}</span>
            </span>
            <span className="row">
              <Stepper
                label={nameOf(pack)}
                size="l"
                value={units}
                min={1}
                max={9999}
                onNumber={(next) =>
                  setLines(lines.map((line, i) => (i === at ? { ...line, units: next ?? 1 } : line)))
                }
              />
              <IconButton
                icon="close"
                label={t('stores.transfer.remove')}
                size="l"
                onClick={() => setLines(lines.filter((_, i) => i !== at))}
              />
            </span>
          </div>
        ))}
        <ProblemNote error={ask.error} />
      </div>
    </Dialog>
  )
}

/** One of the packs that lie in the other hub. */
function PackChoice({ hubId, onPick }: { hubId: string; onPick: (pack: StockRow) => void }) {
  const [text, setText] = useState('')
  const found = useApi(
    'storing.listStock',
    { query: { hubId, search: text, limit: 50 } },
    { enabled: text.trim() !== '' && hubId !== '', keep: true },
  )
  const packs = [...new Map((found.data?.items ?? []).map((row) => [row.skuId, row])).values()]
  return (
    <Combobox
      label={t('stores.transfer.pack')}
      text={text}
      onText={setText}
      items={packs}
      itemKey={(row) => row.skuId}
      busy={found.isFetching}
      onPick={(row) => {
        setText('')
        onPick(row)
      }}
    >
      {(row) => (
        <span>
          {nameOf(row)} <span className="muted small">{row.spec}</span> {quantityOf(row, row.onHand)}
        </span>
      )}
    </Combobox>
  )
}
