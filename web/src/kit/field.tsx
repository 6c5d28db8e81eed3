import {
  type InputHTMLAttributes,
  type ReactNode,
  type SelectHTMLAttributes,
  type TextareaHTMLAttributes,
  useId,
} from 'react'
import { t } from '../app/i18n.ts'
import './field.css'
import { Icon } from './icon.tsx'

export interface FieldProps {
  label: string
  /** Keeps the label for screen readers only: the place already says it. */
  hideLabel?: boolean
  hint?: ReactNode
  error?: string | undefined
  optional?: boolean
}

interface Wired {
  id: string
  'aria-describedby': string | undefined
  'aria-invalid': true | undefined
}

/** Label, control, hint and error, joined for screen readers; the control is drawn by the caller. */
export function Field(props: FieldProps & { children: (wired: Wired) => ReactNode }) {
  const { label, hideLabel, hint, error, optional, children } = props
  const id = useId()
  const described = [error && `${id}-error`, hint && `${id}-hint`].filter(Boolean).join(' ') || undefined
  return (
    <div className="k-field">
      <label className={hideLabel ? 'sr-only' : 'k-label'} htmlFor={id}>
        {label} {optional && <span className="muted">{t('kit.optional')}</span>}
      </label>
      {children({ id, 'aria-describedby': described, 'aria-invalid': error ? true : undefined })}
      {hint && (
        <div className="k-hint" id={`${id}-hint`}>
          {hint}
        </div>
      )}
      {error && (
        <div className="k-error" id={`${id}-error`} role="alert">
          <Icon name="warning" size={16} />
          {error}
        </div>
      )}
    </div>
  )
}

type Sized = { size?: 'm' | 'l' }
type TextFieldProps = FieldProps &
  Sized & { onText?: (text: string) => void; after?: string } & Omit<
    InputHTMLAttributes<HTMLInputElement>,
    'size'
  >

/** One line of text; `onText` gets the text itself, `after` is a unit shown inside the field. */
export function TextField({
  label,
  hideLabel,
  hint,
  error,
  optional,
  size,
  onText,
  after,
  ...rest
}: TextFieldProps) {
  return (
    <Field label={label} hideLabel={hideLabel} hint={hint} error={error} optional={optional}>
      {(wired) => (
        <div
          className="k-affix"
          style={after ? { ['--after' as string]: `${after.length + 2}em` } : undefined}
        >
          <input
            {...wired}
            maxLength={200}
            {...rest}
            className="k-input"
            data-size={size}
            onChange={(event) => {
              rest.onChange?.(event)
              onText?.(event.target.value)
            }}
          />
          {after && <span className="k-after">{after}</span>}
        </div>
      )}
    </Field>
  )
}

type TextAreaProps = FieldProps & {
  onText?: (text: string) => void
} & TextareaHTMLAttributes<HTMLTextAreaElement>

/** Several lines of text. */
export function TextArea({ label, hideLabel, hint, error, optional, onText, ...rest }: TextAreaProps) {
  return (
    <Field label={label} hideLabel={hideLabel} hint={hint} error={error} optional={optional}>
      {(wired) => (
        <textarea
          {...wired}
          rows={3}
          maxLength={2000}
          {...rest}
          className="k-input"
          onChange={(event) => {
            rest.onChange?.(event)
            onText?.(event.target.value)
          }}
        />
      )}
    </Field>
  )
}

export interface Option<V extends string = string> {
  value: V
  label: string
  hint?: string
  disabled?: boolean
}

type SelectProps<V extends string> = FieldProps &
  Sized & {
    value: V | ''
    options: readonly Option<V>[]
    onPick: (value: V) => void
    /** Shown while nothing is chosen. */
    placeholder?: string
  } & Omit<SelectHTMLAttributes<HTMLSelectElement>, 'size' | 'value'>

/** The system's own list, which every phone knows how to show. */
export function Select<V extends string>(props: SelectProps<V>) {
  const { label, hideLabel, hint, error, optional, size, value, options, onPick, placeholder, ...rest } =
    props
  return (
    <Field label={label} hideLabel={hideLabel} hint={hint} error={error} optional={optional}>
      {(wired) => (
        <div className="k-select">
          <select
            {...wired}
            {...rest}
            className="k-input"
            data-size={size}
            value={value}
            onChange={(event) => onPick(event.target.value as V)}
          >
            {placeholder !== undefined && (
              <option value="" disabled={!optional}>
                {placeholder}
              </option>
            )}
            {options.map((option) => (
              <option key={option.value} value={option.value} disabled={option.disabled}>
                {option.label}
              </option>
            ))}
          </select>
          <Icon name="down" size={18} />
        </div>
      )}
    </Field>
  )
}

type CheckboxProps = {
  label: ReactNode
  hint?: string
  checked: boolean
  onCheck: (checked: boolean) => void
} & Omit<InputHTMLAttributes<HTMLInputElement>, 'checked' | 'type'>

/** A tick with its sentence; the whole line is the target. */
export function Checkbox({ label, hint, checked, onCheck, ...rest }: CheckboxProps) {
  return (
    <label className="k-check">
      <input
        {...rest}
        type="checkbox"
        checked={checked}
        onChange={(event) => onCheck(event.target.checked)}
      />
      <span>
        {label}
        {hint && <small>{hint}</small>}
      </span>
    </label>
  )
}

interface RadioGroupProps<V extends string> {
  label: string
  hideLabel?: boolean
  value: V | ''
  options: readonly Option<V>[]
  onPick: (value: V) => void
}

/** A few choices with room for a second line each. */
export function RadioGroup<V extends string>({
  label,
  hideLabel,
  value,
  options,
  onPick,
}: RadioGroupProps<V>) {
  const name = useId()
  return (
    <fieldset className="k-field">
      <legend className={hideLabel ? 'sr-only' : 'k-label'}>{label}</legend>
      <div className="k-radio-cards">
        {options.map((option) => (
          <label className="k-check" key={option.value}>
            <input
              type="radio"
              name={name}
              value={option.value}
              disabled={option.disabled}
              checked={option.value === value}
              onChange={() => onPick(option.value)}
            />
            <span>
              {option.label}
              {option.hint && <small>{option.hint}</small>}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}
