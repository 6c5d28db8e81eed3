import type { refusedFates, refuseReasons } from '@huming/shared/contracts/receiving'
import { t } from '../app/i18n.ts'
import { RadioGroup, TextField } from '../kit/field.tsx'
import { Card } from '../kit/page.tsx'
import { PhotoInput } from '../kit/photo-input.tsx'
import './dock-texts.ts'

export type Reason = (typeof refuseReasons)[number]
export type Fate = (typeof refusedFates)[number]
const reasons: readonly Reason[] = [
  'missing',
  'damaged',
  'temperature',
  'quality',
  'expired',
  'wrong_goods',
  'papers',
]
/** Reasons one can see: they want a photo. */
const seen: readonly Reason[] = ['damaged', 'quality', 'wrong_goods']

/** Why goods are refused and what becomes of them. */
export type Refusal = { reason: Reason | ''; fate: Fate | ''; disposal: string; photoFileIds: string[] }
export const noRefusal: Refusal = { reason: '', fate: '', disposal: '', photoFileIds: [] }

/** What is still wanting of a refusal. */
export function refusalLacks({ reason, fate, disposal, photoFileIds }: Refusal): string | undefined {
  if (reason === '') return t('warehouse.line.needReason')
  if (reason === 'missing') return undefined
  if (fate === '') return t('count.needFate')
  if (fate === 'destroyed' && disposal.trim() === '') return t('count.needDisposal')
  const wantsPhoto = fate === 'destroyed' || seen.includes(reason)
  return wantsPhoto && photoFileIds.length === 0 ? t('count.needPhoto') : undefined
}

interface Props {
  refusal: Refusal
  onRefusal: (part: Partial<Refusal>) => void
  /** The lot is past its last day: the driver may not take it back. */
  expired: boolean
}

/** Reason, whereabouts and photos of refused goods. */
export function RefusedCard({ refusal, onRefusal, expired }: Props) {
  const onlyDestroy = expired || refusal.reason === 'expired'
  return (
    <Card>
      <div className="stack">
        <RadioGroup
          label={t('warehouse.line.reason')}
          value={refusal.reason}
          options={reasons.map((value) => ({ value, label: t(`warehouse.refuse.${value}`) }))}
          onPick={(reason) =>
            onRefusal({ reason, ...((expired || reason === 'expired') && { fate: 'destroyed' as const }) })
          }
        />
        {refusal.reason !== '' && refusal.reason !== 'missing' && (
          <RadioGroup
            label={t('count.fate')}
            value={refusal.fate}
            options={(['driver', 'destroyed'] as const).map((value) => ({
              value,
              label: t(`count.fate.${value}`),
              disabled: value === 'driver' && onlyDestroy,
              ...(value === 'driver' && onlyDestroy && { hint: t('count.expiredOnly') }),
            }))}
            onPick={(fate) => onRefusal({ fate })}
          />
        )}
        {refusal.fate === 'destroyed' && (
          <TextField
            label={t('count.disposal')}
            hint={t('count.disposalHint')}
            size="l"
            maxLength={100}
            value={refusal.disposal}
            onText={(disposal) => onRefusal({ disposal })}
          />
        )}
        <PhotoInput
          label={t('warehouse.line.photos')}
          ids={refusal.photoFileIds}
          onIds={(photoFileIds) => onRefusal({ photoFileIds })}
          max={6}
        />
      </div>
    </Card>
  )
}
