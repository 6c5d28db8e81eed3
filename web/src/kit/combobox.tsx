import { type KeyboardEvent, type ReactNode, type Ref, useId, useState } from 'react'
import { t } from '../app/i18n.ts'
import './combobox.css'
import { Field, type FieldProps } from './field.tsx'

interface ComboboxProps<Item> extends FieldProps {
  /** What was typed; the caller searches with it and gives `items` (`useApi(…, { keep: true })`). */
  text: string
  onText: (text: string) => void
  items: readonly Item[]
  itemKey: (item: Item) => string
  /** How an item is drawn in the list. */
  children: (item: Item) => ReactNode
  /** The item taken with Enter or a press. The caller empties `text` or puts the name of the item there. */
  onPick: (item: Item) => void
  placeholder?: string
  autoFocus?: boolean
  busy?: boolean
  inputRef?: Ref<HTMLInputElement>
}

/** Picks one of many by typing: arrows move, Enter takes, Escape closes; hands never leave the keys. */
export function Combobox<Item>(props: ComboboxProps<Item>) {
  const { items, onPick, onText, text, itemKey, children, placeholder, autoFocus, busy, inputRef, ...field } =
    props
  const [open, setOpen] = useState(false)
  const [at, setAt] = useState(0)
  const listId = useId()
  const shown = open && text.trim() !== ''
  const active = Math.min(at, items.length - 1)
  const take = (item: Item | undefined) => {
    if (!item) return
    setOpen(false)
    setAt(0)
    onPick(item)
  }
  const press = (event: KeyboardEvent) => {
    // Enter that ends composing Chinese is not an answer.
    if (event.nativeEvent.isComposing) return
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      setOpen(true)
      const step = event.key === 'ArrowDown' ? 1 : -1
      if (items.length) setAt((active + step + items.length) % items.length)
    } else if (event.key === 'Enter' && shown) {
      event.preventDefault()
      take(items[active])
    } else if (event.key === 'Escape' && shown) {
      // Only the list closes, not the dialog around it.
      event.preventDefault()
      event.stopPropagation()
      setOpen(false)
    }
  }
  return (
    <Field {...field}>
      {(wired) => (
        <div className="k-combo" onBlur={() => setOpen(false)}>
          <input
            {...wired}
            ref={inputRef}
            className="k-input"
            role="combobox"
            aria-expanded={shown}
            aria-controls={listId}
            aria-autocomplete="list"
            aria-activedescendant={shown && items.length ? `${listId}-${active}` : undefined}
            aria-busy={busy || undefined}
            autoComplete="off"
            autoFocus={autoFocus}
            maxLength={60}
            placeholder={placeholder}
            value={text}
            onChange={(event) => {
              onText(event.target.value)
              setOpen(true)
              setAt(0)
            }}
            onKeyDown={press}
          />
          {/* Kept in the page while closed, so that aria-controls names something. */}
          <ul id={listId} role="listbox" aria-label={field.label} hidden={!shown}>
            {items.map((item, index) => (
              <li
                key={itemKey(item)}
                id={`${listId}-${index}`}
                role="option"
                aria-selected={index === active}
                // Before the input loses the focus and the list closes.
                onPointerDown={(event) => event.preventDefault()}
                onClick={() => take(item)}
                onPointerEnter={() => setAt(index)}
              >
                {children(item)}
              </li>
            ))}
            {items.length === 0 && (
              <li role="option" aria-selected="false" aria-disabled="true">
                {busy ? t('kit.loading') : t('kit.nothingFound')}
              </li>
            )}
          </ul>
        </div>
      )}
    </Field>
  )
}
