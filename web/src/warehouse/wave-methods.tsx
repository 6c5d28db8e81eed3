import type { pickMethods } from '@huming/shared/contracts/picking'
import { districtOf } from '@huming/shared/districts'
import { newId } from '@huming/shared/ids'
import { useState } from 'react'
import { useLocation } from 'wouter'
import type { Reply } from '../app/api.ts'
import { comma, named, t } from '../app/i18n.ts'
import { useAct } from '../app/query.ts'
import { useMay } from '../app/session.ts'
import { Badge } from '../kit/badge.tsx'
import { Button } from '../kit/button.tsx'
import { Checkbox, Select } from '../kit/field.tsx'
import { Card } from '../kit/page.tsx'
import { toast, toastProblem } from '../kit/toast.tsx'
import './picking-texts.ts'

type Wave = Reply<'picking.readWave'>
type Method = (typeof pickMethods)[number]
const methods: readonly Method[] = ['put_to_store', 'by_order', 'cross_dock']

/** What the lead decides for a pack or, without one, for the whole wave; the rules where nothing is chosen. */
export function MethodChoice({
  wave,
  skuId,
  counts,
}: {
  wave: Wave
  skuId: string | null
  counts?: Wave['preview'][number]['methods']
}) {
  const may = useMay()
  const act = useAct('picking.chooseMethod', { changes: ['picking.readWave'] })
  const chosen = wave.methods.find((one) => one.skuId === skuId && one.orderId === null)
  const told = methods
    .filter((method) => (counts?.[method] ?? 0) > 0)
    .map((method) => t(`picking.method.${method}`))
  if (!may('wave.release')) return <span>{told.join(comma())}</span>
  const choose = (method: Method | '') =>
    act.mutate(
      {
        params: { id: wave.id, choiceId: newId() },
        body: { skuId, method: method || null, reason: t('picking.choose.reason') },
      },
      { onError: toastProblem },
    )
  return (
    <Select
      label={t(skuId ? 'picking.choose.head' : 'picking.choose.wave')}
      hideLabel={skuId !== null}
      value={chosen?.method ?? ''}
      optional
      placeholder={
        told.length > 0
          ? t('picking.choose.rule', { methods: told.join(comma()) })
          : t('picking.choose.byRule')
      }
      options={methods.map((value) => ({ value, label: t(`picking.method.${value}`) }))}
      onPick={choose}
    />
  )
}

const districtWords = (code: string): string => {
  const district = districtOf(code)
  return district ? named(district.name) : code
}

/** Districts whose orders are picked and leave first, parted off as a wave of their own. */
export function SplitWave({ wave }: { wave: Wave }) {
  const [, go] = useLocation()
  const [id] = useState(newId)
  const [picked, setPicked] = useState<readonly string[]>([])
  const act = useAct('picking.splitWave', {
    changes: ['picking.readWave', 'picking.board'],
    onDone: (made) => {
      toast(t('picking.split.done', { seq: made.seq }))
      go(`/waves/${made.id}`)
    },
  })
  if (wave.districts.length < 2) return null
  const orders = wave.districts
    .filter((one) => picked.includes(one.districtCode))
    .reduce((sum, one) => sum + one.orders, 0)
  const toggle = (code: string) =>
    setPicked(picked.includes(code) ? picked.filter((one) => one !== code) : [...picked, code])
  return (
    <Card title={t('picking.split.title')}>
      <div className="stack">
        <p className="muted">{t('picking.split.text')}</p>
        <div className="row">
          {wave.districts.map((one) => (
            <Checkbox
              key={one.districtCode}
              label={`${districtWords(one.districtCode)} · ${t('picking.split.orders', { orders: one.orders })}`}
              checked={picked.includes(one.districtCode)}
              onCheck={() => toggle(one.districtCode)}
            />
          ))}
        </div>
        {picked.length > 0 && picked.length < wave.districts.length && (
          <Button
            size="l"
            busy={act.isPending}
            onClick={() =>
              act.mutate(
                { params: { id: wave.id }, body: { id, districts: [...picked] } },
                { onError: toastProblem },
              )
            }
          >
            {t('picking.split.do', { orders })}
          </Button>
        )}
        {wave.methods.length > 0 && (
          <Badge tone="info">
            {t('picking.choose.chosen')} {wave.methods.length}
          </Badge>
        )}
      </div>
    </Card>
  )
}
