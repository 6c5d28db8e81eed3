import { useEffect, useId, useRef, useState } from 'react'
import { t } from '../app/i18n.ts'
import { unlockSound } from '../kit/feedback.ts'
import { readNumber } from '../kit/read-number.ts'

/** A number to enter with gloves on: its name, unit, and how far it may be divided. */
export type PadField = {
  key: string
  label: string
  unit: string
  decimals: number
  signed?: boolean
  hint?: string | undefined
  error?: string | undefined
}

interface PadProps {
  fields: readonly PadField[]
  /** Typed texts by key; read them with `padNumber`. */
  texts: Readonly<Record<string, string>>
  onText: (key: string, text: string) => void
}

/** The number typed in a field, or null. */
export const padNumber = (texts: Readonly<Record<string, string>>, field: PadField): number | null =>
  readNumber(texts[field.key] ?? '', field.decimals)

/**
 * Numbers in a row and one pad of large keys for the active one. The fields take a keyboard, too, but ask the
 * phone to keep its own one down.
 */
export function NumberPad({ fields, texts, onText }: PadProps) {
  const [active, setActive] = useState(fields[0]?.key ?? '')
  const field = fields.find((one) => one.key === active) ?? fields[0]
  const [fresh, setFresh] = useState(true)
  const pad = useInSight()
  if (!field) return null
  const choose = (key: string) => {
    setActive(key)
    setFresh(true)
    bringUp(pad.current)
  }
  const press = (key: PadKey) => {
    unlockSound()
    onText(field.key, pressed(fresh ? start(key, texts[field.key] ?? '') : (texts[field.key] ?? ''), key))
    setFresh(false)
  }
  return (
    <div className="wh-pad" ref={pad}>
      <div className="wh-pad-fields">
        {fields.map((one) => (
          <PadInput
            key={one.key}
            field={one}
            on={one.key === field.key}
            text={texts[one.key] ?? ''}
            onFocus={() => choose(one.key)}
            onText={(text) => {
              setFresh(false)
              onText(one.key, text)
            }}
          />
        ))}
      </div>
      <Keys field={field} press={press} />
    </div>
  )
}

const bringUp = (pad: HTMLElement | null) => pad?.scrollIntoView({ block: 'nearest' })

/** Brings the whole pad above the bars at the bottom when it appears. */
function useInSight() {
  const pad = useRef<HTMLDivElement>(null)
  useEffect(() => {
    // After the page itself has gone to its top.
    const frame = requestAnimationFrame(() => bringUp(pad.current))
    return () => cancelAnimationFrame(frame)
  }, [])
  return pad
}

type PadKey = '0' | '1' | '2' | '3' | '4' | '5' | '6' | '7' | '8' | '9' | '.' | 'sign' | 'back' | 'clear'

/** The first digit replaces what stood there; the sign and the last digit are changed in place. */
const start = (key: PadKey, text: string): string => (key === 'sign' || key === 'back' ? text : '')

/** The text of a field after a key. */
export function pressed(text: string, key: PadKey): string {
  if (key === 'clear') return ''
  if (key === 'back') return text.slice(0, -1)
  if (key === 'sign') return text.startsWith('-') ? text.slice(1) : `-${text}`
  if (key === '.') return text.includes('.') ? text : `${text || '0'}.`
  if (text.length >= 9) return text
  return text === '0' ? key : text + key
}

interface PadInputProps {
  field: PadField
  on: boolean
  text: string
  onFocus: () => void
  onText: (text: string) => void
}

function PadInput({ field, on, text, onFocus, onText }: PadInputProps) {
  const id = useId()
  const said = field.error ?? field.hint
  return (
    <div className="wh-pad-field" data-on={on || undefined} data-bad={field.error ? '' : undefined}>
      <label htmlFor={id}>{field.label}</label>
      <span>
        <input
          id={id}
          inputMode="none"
          autoComplete="off"
          maxLength={12}
          value={text}
          aria-invalid={field.error ? true : undefined}
          aria-describedby={said ? `${id}-said` : undefined}
          onFocus={(event) => {
            onFocus()
            event.target.select()
          }}
          onChange={(event) => onText(event.target.value)}
        />
        <b>{field.unit}</b>
      </span>
      {said && (
        <small id={`${id}-said`} role={field.error ? 'alert' : undefined}>
          {said}
        </small>
      )}
    </div>
  )
}

function Keys({ field, press }: { field: PadField; press: (key: PadKey) => void }) {
  const digit = (key: PadKey) => (
    <button type="button" key={key} onClick={() => press(key)}>
      {key}
    </button>
  )
  const word = (key: PadKey, sign: string, name: string, span = 1) => (
    <button type="button" style={{ gridRow: `span ${span}` }} aria-label={name} onClick={() => press(key)}>
      {sign}
    </button>
  )
  return (
    <div className="wh-keys" role="group" aria-label={t('warehouse.pad.keys')}>
      {(['1', '2', '3'] as const).map(digit)}
      {word('back', '←', t('warehouse.pad.back'))}
      {(['4', '5', '6'] as const).map(digit)}
      {word('clear', 'C', t('warehouse.pad.clear'), field.signed ? 1 : 3)}
      {(['7', '8', '9'] as const).map(digit)}
      {field.signed && word('sign', '±', t('warehouse.pad.sign'), 2)}
      <button
        type="button"
        className="wh-zero"
        data-wide={field.decimals === 0 || undefined}
        onClick={() => press('0')}
      >
        0
      </button>
      {field.decimals > 0 && digit('.')}
    </div>
  )
}
