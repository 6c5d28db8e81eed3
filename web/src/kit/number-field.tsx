import { useState } from 'react'
import { t } from '../app/i18n.ts'
import { Field, type FieldProps } from './field.tsx'
import { Icon } from './icon.tsx'
import { readNumber } from './read-number.ts'
import { toast } from './toast.tsx'

interface NumberRules {
  value: number | null
  /** Called with a number within the limits, or null when the field was emptied. */
  onNumber: (value: number | null) => void
  min?: number
  max?: number
  step?: number
  /** Decimals that may be typed; 0 for whole numbers. */
  decimals?: number
  size?: 'm' | 'l'
  disabled?: boolean
}

const shown = (value: number | null) => (value === null ? '' : String(value))

function useTypedNumber(rules: NumberRules) {
  const { value, onNumber, min = 0, max = 1_000_000, step = 1, decimals = 0 } = rules
  // The draft lives while the person types, so that "1." or an emptied field is not torn away.
  const [draft, setDraft] = useState<string | null>(null)
  const clamp = (next: number) => Math.min(max, Math.max(min, next))
  const scale = 10 ** decimals
  const typed = draft === null ? value : readNumber(draft, decimals)
  const wrong = draft !== null && draft.trim() !== '' && (typed === null || typed < min || typed > max)
  const set = (text: string) => {
    setDraft(text)
    const next = readNumber(text, decimals)
    if (text.trim() === '') onNumber(null)
    else if (next !== null && next >= min && next <= max) onNumber(next)
  }
  const settle = () => {
    if (draft !== null && typed !== null && wrong) {
      const nearest = clamp(typed)
      onNumber(nearest)
      toast(t('kit.setTo', { min, max, value: nearest }), { tone: 'warn' })
    }
    setDraft(null)
  }
  const move = (steps: number) => {
    setDraft(null)
    const from = value ?? Math.max(0, min - step)
    // Off-step values move to the next step, so 2.5 goes to 3 and not to 3.5.
    const along = steps > 0 ? Math.floor(from / step + 1e-9) + steps : Math.ceil(from / step - 1e-9) + steps
    onNumber(clamp(Math.round(along * step * scale) / scale))
  }
  return { text: draft ?? shown(value), wrong, set, settle, move, min, max }
}

type NumberFieldProps = FieldProps & NumberRules & { after?: string; autoFocus?: boolean; name?: string }

/** A labelled number with the number pad on phones. */
export function NumberField(props: NumberFieldProps) {
  const { label, hideLabel, hint, error, optional, after, decimals = 0, size, disabled, name } = props
  const number = useTypedNumber(props)
  const range = number.wrong ? t('kit.range', { min: number.min, max: number.max }) : undefined
  return (
    <Field label={label} hideLabel={hideLabel} hint={hint} error={error ?? range} optional={optional}>
      {(wired) => (
        <div
          className="k-affix"
          style={after ? { ['--after' as string]: `${after.length + 2}em` } : undefined}
        >
          <input
            {...wired}
            className="k-input"
            data-size={size}
            name={name}
            disabled={disabled}
            inputMode={decimals ? 'decimal' : 'numeric'}
            enterKeyHint="done"
            autoComplete="off"
            autoFocus={props.autoFocus}
            value={number.text}
            onChange={(event) => number.set(event.target.value)}
            onBlur={number.settle}
            onFocus={(event) => event.target.select()}
          />
          {after && <span className="k-after">{after}</span>}
        </div>
      )}
    </Field>
  )
}

type StepperProps = NumberRules & {
  /** What is counted; not shown. */
  label: string
  unit?: string
  /** Enter in the field: quick entry goes back to the search. */
  onEnter?: () => void
}

/** − value +, and typing. Arrow keys step; Enter keeps the hands on the keys. */
export function Stepper(props: StepperProps) {
  const { label, value, decimals = 0, size, disabled, unit, onEnter } = props
  const number = useTypedNumber(props)
  const atMin = (value ?? number.min) <= number.min
  const atMax = value !== null && value >= number.max
  return (
    <div className="k-stepper" data-size={size} role="group" aria-label={label}>
      <StepButton
        icon="minus"
        label={t('kit.less', { what: label })}
        off={disabled || atMin}
        press={() => number.move(-1)}
      />
      <input
        inputMode={decimals ? 'decimal' : 'numeric'}
        enterKeyHint="done"
        autoComplete="off"
        aria-label={unit ? `${label} (${unit})` : label}
        aria-invalid={number.wrong || undefined}
        disabled={disabled}
        value={number.text}
        onChange={(event) => number.set(event.target.value)}
        onBlur={number.settle}
        onFocus={(event) => event.target.select()}
        onKeyDown={(event) => {
          if (event.key === 'ArrowUp' || event.key === 'ArrowDown') {
            event.preventDefault()
            number.move(event.key === 'ArrowUp' ? 1 : -1)
          }
          if (event.key === 'Enter') {
            number.settle()
            onEnter?.()
          }
        }}
      />
      <StepButton
        icon="plus"
        label={t('kit.more', { what: label })}
        off={disabled || atMax}
        press={() => number.move(1)}
      />
    </div>
  )
}

type StepButtonProps = { icon: 'plus' | 'minus'; label: string; off: boolean | undefined; press: () => void }

function StepButton({ icon, label, off, press }: StepButtonProps) {
  return (
    // Not `disabled`: the focus must not be lost when the last step down is taken.
    <button
      type="button"
      aria-label={label}
      aria-disabled={off || undefined}
      onClick={off ? undefined : press}
    >
      <Icon name={icon} size={20} />
    </button>
  )
}
