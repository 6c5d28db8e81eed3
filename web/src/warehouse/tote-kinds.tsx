import type { Input } from '../app/api.ts'
import { t, textOf } from '../app/i18n.ts'
import { Button, IconButton } from '../kit/button.tsx'
import { Select } from '../kit/field.tsx'
import { NumberField } from '../kit/number-field.tsx'
import './rule-texts.ts'

type Kinds = Input<'picking.writeHubRules'>['body']['toteKinds']

const known = ['crate', 'carton', 'foam_box', 'bag', 'cage', 'pallet'] as const
const most = 6
export const toteKindName = (kind: string): string => textOf(`totes.kind.${kind}`, kind)

/** The totes of a hub: what each carries, holds and weighs empty. The smallest that fits is taken. */
export function ToteKinds({ kinds, onKinds }: { kinds: Kinds; onKinds?: (kinds: Kinds) => void }) {
  const free = known.find((kind) => !kinds.some((one) => one.kind === kind))
  const set = (at: number, change: Partial<Kinds[number]>) =>
    onKinds?.(kinds.map((one, i) => (i === at ? { ...one, ...change } : one)))
  return (
    <fieldset className="wh-tote-kinds">
      <legend>{t('totes.kinds')}</legend>
      <p className="muted">{t('totes.kindsHint')}</p>
      <ul className="cards" style={{ ['--card' as string]: '280px' }}>
        {kinds.map((one, at) => (
          <li key={one.kind} className="wh-card">
            <span className="row spread">
              <Select
                label={t('totes.kind')}
                hideLabel
                size="l"
                value={one.kind}
                disabled={!onKinds}
                options={optionsOf(kinds, one.kind)}
                onPick={(kind) => set(at, { kind })}
              />
              {onKinds && kinds.length > 1 && (
                <IconButton
                  icon="trash"
                  size="l"
                  label={t('totes.removeKind', { kind: toteKindName(one.kind) })}
                  onClick={() => onKinds(kinds.filter((_, i) => i !== at))}
                />
              )}
            </span>
            <NumberField
              label={t('totes.carries')}
              size="l"
              after="kg"
              decimals={1}
              min={1}
              max={2000}
              disabled={!onKinds}
              value={one.grams / 1000}
              onNumber={(kg) => kg && set(at, { grams: Math.round(kg * 1000) })}
            />
            <NumberField
              label={t('totes.volume')}
              size="l"
              after="L"
              decimals={1}
              min={1}
              max={5000}
              disabled={!onKinds}
              value={one.millilitres / 1000}
              onNumber={(litres) => litres && set(at, { millilitres: Math.round(litres * 1000) })}
            />
            <NumberField
              label={t('totes.tare')}
              size="l"
              after="kg"
              decimals={2}
              max={200}
              disabled={!onKinds}
              value={one.tareGrams / 1000}
              onNumber={(kg) => kg !== null && set(at, { tareGrams: Math.round(kg * 1000) })}
            />
          </li>
        ))}
      </ul>
      {onKinds && free && kinds.length < most && (
        <Button
          size="l"
          icon="plus"
          onClick={() =>
            onKinds([...kinds, { kind: free, grams: 15_000, millilitres: 40_000, tareGrams: 500 }])
          }
        >
          {t('totes.addKind')}
        </Button>
      )}
    </fieldset>
  )
}

const optionsOf = (kinds: Kinds, own: string) =>
  [...new Set([own, ...known])]
    .filter((kind) => kind === own || !kinds.some((one) => one.kind === kind))
    .map((value) => ({ value, label: toteKindName(value) }))
