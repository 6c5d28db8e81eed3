import { type KeyboardEvent, type ReactNode, useId, useState } from 'react'
import { t } from '../app/i18n.ts'
import './choose.css'
import { IconButton } from './button.tsx'
import type { Option } from './field.tsx'
import { Icon } from './icon.tsx'

interface TabsProps<V extends string> {
  label: string
  tabs: readonly { value: V; label: ReactNode }[]
  value: V
  onPick: (value: V) => void
  /** The panel of the chosen tab. */
  children: ReactNode
}

/** Parts of one page. Arrow keys move; the panel belongs to the chosen tab. */
export function Tabs<V extends string>({ label, tabs, value, onPick, children }: TabsProps<V>) {
  const id = useId()
  const move = (event: KeyboardEvent<HTMLDivElement>) => {
    const steps: Record<string, number> = { ArrowRight: 1, ArrowLeft: -1, Home: -Infinity, End: Infinity }
    const step = steps[event.key]
    if (step === undefined) return
    event.preventDefault()
    const at = tabs.findIndex((tab) => tab.value === value)
    const to = Number.isFinite(step)
      ? (at + step + tabs.length) % tabs.length
      : step < 0
        ? 0
        : tabs.length - 1
    const next = tabs[to]
    if (!next) return
    onPick(next.value)
    document.getElementById(`${id}-${next.value}`)?.focus()
  }
  return (
    <div className="stack">
      <div className="k-tabs" role="tablist" tabIndex={-1} aria-label={label} onKeyDown={move}>
        {tabs.map((tab) => (
          <button
            key={tab.value}
            id={`${id}-${tab.value}`}
            type="button"
            role="tab"
            aria-selected={tab.value === value}
            aria-controls={`${id}-panel`}
            tabIndex={tab.value === value ? 0 : -1}
            onClick={() => onPick(tab.value)}
          >
            {tab.label}
          </button>
        ))}
      </div>
      <div role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-${value}`}>
        {children}
      </div>
    </div>
  )
}

interface SegmentedProps<V extends string> {
  label: string
  value: V
  options: readonly Option<V>[]
  onPick: (value: V) => void
}

/** Two to five short choices in one line. */
export function Segmented<V extends string>({ label, value, options, onPick }: SegmentedProps<V>) {
  const name = useId()
  return (
    <div className="k-segments" role="radiogroup" aria-label={label}>
      {options.map((option) => (
        <label key={option.value}>
          <input
            type="radio"
            name={name}
            disabled={option.disabled}
            checked={option.value === value}
            onChange={() => onPick(option.value)}
          />
          {option.label}
        </label>
      ))}
    </div>
  )
}

interface SearchBoxProps {
  label?: string
  value: string
  onSearch: (text: string) => void
  placeholder?: string
  autoFocus?: boolean
  onEnter?: () => void
}

/** Search as one types, told after a short rest and never in the middle of composing Chinese. */
export function SearchBox(props: SearchBoxProps) {
  const { label = t('kit.search'), value, onSearch, placeholder, autoFocus, onEnter } = props
  const [draft, setDraft] = useState<string | null>(null)
  const [timer, setTimer] = useState<ReturnType<typeof setTimeout>>()
  const tell = (text: string, wait: number) => {
    clearTimeout(timer)
    setTimer(
      setTimeout(() => {
        onSearch(text.trim())
        setDraft(null)
      }, wait),
    )
  }
  const clear = () => {
    setDraft('')
    tell('', 0)
  }
  return (
    <div className="k-search">
      <Icon name="search" size={20} />
      <input
        className="k-input"
        type="search"
        aria-label={label}
        placeholder={placeholder ?? label}
        enterKeyHint="search"
        autoComplete="off"
        autoFocus={autoFocus}
        maxLength={60}
        value={draft ?? value}
        onChange={(event) => {
          setDraft(event.target.value)
          if (!(event.nativeEvent as InputEvent).isComposing) tell(event.target.value, 250)
        }}
        onCompositionEnd={(event) => tell(event.currentTarget.value, 100)}
        onKeyDown={(event) => {
          if (event.key === 'Escape' && (draft ?? value)) clear()
          if (event.key === 'Enter' && !event.nativeEvent.isComposing) {
            tell(event.currentTarget.value, 0)
            onEnter?.()
          }
        }}
      />
      {(draft ?? value) && <IconButton icon="close" label={t('kit.clear')} onClick={clear} />}
    </div>
  )
}
