import {
  addDays,
  instantAt,
  isServiceDay,
  minutesOf,
  minutesText,
  parseMinutes,
  serviceDayOf,
} from '@huming/shared/days'
import { useState } from 'react'
import { useLocation } from 'wouter'
import type { Input } from '../app/api.ts'
import { t } from '../app/i18n.ts'
import { useAct, useApi } from '../app/query.ts'
import { Button } from '../kit/button.tsx'
import { ConfirmButton } from '../kit/dialog.tsx'
import { Select } from '../kit/field.tsx'
import { BottomBar, Card } from '../kit/page.tsx'
import { ProblemNote } from '../kit/states.tsx'
import { toast, toastProblem } from '../kit/toast.tsx'
import type { Consignment } from './consignment.tsx'
import { ConsignmentLots } from './consignment-lots.tsx'
import { Vehicle } from './consignment-vehicle.tsx'
import { flawsOf } from './flaws.ts'
import { useSupplier } from './scope.tsx'

export interface ConsignmentDraft {
  hubId: string
  plate: string
  driverName: string
  driverPhone: string
  sealNumber: string
  setPoint: number | null
  mode: 'road' | 'rail' | 'air'
  departs: string
  expected: string
  note: string
  /** Lot id → base units. */
  lines: ReadonlyMap<string, number>
}

/** "2026-11-25T21:30" of the datetime field, Shanghai time, from and to an instant. */
const fieldOf = (at: string | null | undefined, otherwise: string): string =>
  at ? `${serviceDayOf(new Date(at))}T${minutesText(minutesOf(new Date(at)))}` : otherwise
function instantOf(text: string): string | null {
  const [day = '', time = ''] = text.split('T')
  const minutes = parseMinutes(time.slice(0, 5))
  return isServiceDay(day) && minutes !== null ? instantAt(day, minutes).toISOString() : null
}

/** Tonight from Sanming, at the dock in Shanghai the next evening: about eleven hours by road. */
function draftOf(one: Consignment | undefined, lotId: string | null | undefined): ConsignmentDraft {
  const today = serviceDayOf(new Date())
  return {
    hubId: one?.hubId ?? '',
    plate: one?.plate ?? '',
    driverName: one?.driverName ?? '',
    driverPhone: one?.driverPhone ?? '',
    sealNumber: one?.sealNumber ?? '',
    setPoint: one?.setPointDeciC === null || one === undefined ? null : one.setPointDeciC / 10,
    mode: one?.mode ?? 'road',
    departs: fieldOf(one?.departsAt, `${today}T18:00`),
    expected: fieldOf(one?.expectedAt, `${addDays(today, 1)}T06:00`),
    note: one?.note ?? '',
    // Zero stands for "all of it" until the lots are read.
    lines: new Map(one ? one.lines.map((line) => [line.lotId, line.quantity]) : lotId ? [[lotId, 0]] : []),
  }
}

interface FormProps {
  id: string
  orgId: string
  consignment?: Consignment
  firstLotId?: string | null
}

/** Which lots go on which truck, and when; saved as a draft, then shipped. */
export function ConsignmentForm({ id, orgId, consignment, firstLotId }: FormProps) {
  const [draft, setDraft] = useState(() => draftOf(consignment, firstLotId))
  const set = (patch: Partial<ConsignmentDraft>) => setDraft((before) => ({ ...before, ...patch }))
  const hubs = useApi('orders.hubs')
  const hubId = draft.hubId || hubs.data?.items.find((hub) => hub.kind === 'central')?.id || ''
  const acts = useConsignmentActs(id, consignment)
  const body = {
    ...transportOf(draft),
    orgId,
    hubId,
    version: consignment?.version ?? 0,
    lines: [...draft.lines].map(([lotId, quantity]) => ({
      lotId,
      quantity,
    })),
  }
  const error = acts.save.error ?? acts.ship.error
  return (
    <div className="stack coop-form">
      <Card title={t('coop.consignment.goods')}>
        {(hubs.data?.items.length ?? 0) > 1 && (
          <Select
            label={t('coop.consignment.hub')}
            value={hubId}
            options={(hubs.data?.items ?? []).map((hub) => ({ value: hub.id, label: hub.name }))}
            onPick={(next) => set({ hubId: next, lines: new Map() })}
          />
        )}
        <ConsignmentLots
          orgId={orgId}
          hubId={hubId}
          lines={draft.lines}
          onLines={(lines) => set({ lines })}
          flaw={flawsOf(error)}
        />
      </Card>
      <Vehicle draft={draft} set={set} error={error} />
      <ProblemNote error={error} />
      <Acts acts={acts} draft={draft} body={body} consignment={consignment} />
    </div>
  )
}

type Body = Input<'supply.writeConsignment'>['body']

const transportOf = (draft: ConsignmentDraft) => ({
  plate: draft.plate.trim(),
  driverName: draft.driverName,
  driverPhone: draft.driverPhone.trim(),
  sealNumber: draft.sealNumber,
  setPointDeciC: draft.setPoint === null ? null : Math.round(draft.setPoint * 10),
  mode: draft.mode,
  departsAt: instantOf(draft.departs),
  expectedAt: instantOf(draft.expected),
  note: draft.note,
})

function useConsignmentActs(id: string, consignment: Consignment | undefined) {
  const { to } = useSupplier()
  const [, go] = useLocation()
  const changes = [
    'supply.readConsignment',
    'supply.listConsignments',
    'stock.listLots',
    'stock.readLot',
  ] as const
  const save = useAct('supply.writeConsignment', { changes })
  const ship = useAct('supply.shipConsignment', { changes })
  const cancel = useAct('supply.cancelConsignment', { changes, onDone: () => go(to('/consignments')) })
  const open = () => consignment === undefined && go(to(`/consignments/${id}`), { replace: true })
  const write = async (body: Body) => {
    const written = await save.mutateAsync({ params: { id }, body })
    toast(t('coop.consignment.saved'))
    open()
    return written
  }
  /** Saves what is on the screen, then ships exactly that. */
  const send = async (body: Body) => {
    const { version } = await save.mutateAsync({ params: { id }, body })
    const { orgId: _, hubId: __, lines: ___, version: ____, departsAt, expectedAt, ...rest } = body
    if (!departsAt || !expectedAt || !rest.plate || !rest.sealNumber) return
    await ship.mutateAsync({
      params: { id },
      body: { ...rest, plate: rest.plate, sealNumber: rest.sealNumber, departsAt, expectedAt, version },
    })
    toast(t('coop.consignment.shippedDone'))
    open()
  }
  return { id, save, ship, cancel, write, send }
}

interface ActsProps {
  acts: ReturnType<typeof useConsignmentActs>
  draft: ConsignmentDraft
  body: Body
  consignment: Consignment | undefined
}

function Acts({ acts, draft, body, consignment }: ActsProps) {
  const { save, ship, cancel } = acts
  const complete =
    draft.lines.size > 0 &&
    draft.plate.trim().length >= 5 &&
    draft.sealNumber.trim() !== '' &&
    body.departsAt &&
    body.expectedAt
  // The refusal is shown above the buttons.
  const quietly = (work: Promise<unknown>) => void work.catch(() => undefined)
  return (
    <BottomBar>
      {consignment && (
        <ConfirmButton
          label={t('coop.consignment.drop')}
          title={t('coop.consignment.dropAsk')}
          onConfirm={() =>
            cancel.mutateAsync({ params: { id: acts.id }, body: {} }).catch((error) => toastProblem(error))
          }
        />
      )}
      <Button
        busy={save.isPending && !ship.isPending}
        refused={draft.lines.size > 0 ? undefined : t('coop.consignment.noLots')}
        onClick={() => quietly(acts.write(body))}
      >
        {t('coop.consignment.save')}
      </Button>
      <span className="grow" />
      <Button
        tone="main"
        icon="truck"
        busy={ship.isPending}
        refused={complete ? undefined : t('coop.consignment.incomplete')}
        onClick={() => quietly(acts.send(body))}
      >
        {t('coop.consignment.ship')}
      </Button>
    </BottomBar>
  )
}
