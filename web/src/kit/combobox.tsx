import { type KeyboardEvent, type ReactNode, type Ref, useId, useState } from 'react'
import { t } from '../app/i18n.ts'
import './combobox.css'
import { Field, type FieldProps } from './field.tsx'

interface Choice<Item> {
  items: readonly Item[]
  itemKey: (item: Item) => string
  /** How an item is drawn in the list. */
  children: (item: Item) => ReactNode
  /** The item taken with Enter or a press. The caller empties `text` or puts the name of the item there. */
  onPick: (item: Item) => void
  busy?: boolean | undefined
}

interface ComboboxProps<Item> extends FieldProps, Choice<Item> {
  /** What was typed; the caller searches with it and gives `items` (`useApi(…, { keep: true })`). */
  text: string
  onText: (text: string) => void
  placeholder?: string
  autoFocus?: boolean
  inputRef?: Ref<HTMLInputElement>
}

/** Which item the keys are on, and what each key does. */
function useListKeys<Item>(items: readonly Item[], typed: boolean, onPick: (item: Item) => void) {
  const [open, setOpen] = useState(false)
  const [at, setAt] = useState(0)
  const shown = open && typed
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
  return { shown, active, setAt, setOpen, take, press }
}

/** Picks one of many by typing: arrows move, Enter takes, Escape closes; hands never leave the keys. */
export function Combobox<Item>(props: ComboboxProps<Item>) {
  const { items, onPick, onText, text, itemKey, children, placeholder, autoFocus, busy, inputRef, ...field } =
    props
  const list = useListKeys(items, text.trim() !== '', onPick)
  const listId = useId()
  return (
    <Field {...field}>
      {(wired) => (
        <div className="k-combo" onBlur={() => list.setOpen(false)}>
          <input
            {...wired}
            ref={inputRef}
            className="k-input"
            role="combobox"
            aria-expanded={list.shown}
            aria-controls={listId}
            aria-autocomplete="list"
            aria-activedescendant={list.shown && items.length ? `${listId}-${list.active}` : undefined}
            aria-busy={busy || undefined}
            autoComplete="off"
            autoFocus={autoFocus}
            maxLength={60}
            placeholder={placeholder}
            value={text}
            onChange={(event) => {
              onText(event.target.value)
              list.setOpen(true)
              list.setAt(0)
            }}
            onKeyDown={list.press}
          />
          {/* Kept in the page while closed, so that aria-controls names something. */}
          <div
            className="k-combo-list"
            id={listId}
            role="listbox"
            aria-label={field.label}
            hidden={!list.shown}
          >
            <Options
              items={items}
              itemKey={itemKey}
              busy={busy}
              id={listId}
              active={list.active}
              onPoint={list.setAt}
              onPick={list.take}
            >
              {children}
            </Options>
          </div>
        </div>
      )}
    </Field>
  )
}

type OptionsProps<Item> = Choice<Item> & { id: string; active: number; onPoint: (index: number) => void }

function Options<Item>({ items, itemKey, children, onPick, busy, id, active, onPoint }: OptionsProps<Item>) {
  if (items.length === 0) {
    return (
      <div role="option" tabIndex={-1} aria-selected="false" aria-disabled="true">
        {busy ? t('kit.loading') : t('kit.nothingFound')}
      </div>
    )
  }
  return items.map((item, index) => (
    // The keys are heard by the input, which keeps the focus.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
    <div
      key={itemKey(item)}
      id={`${id}-${index}`}
      role="option"
      tabIndex={-1}
      aria-selected={index === active}
      // Before the input loses the focus and the list closes.
      onPointerDown={(event) => event.preventDefault()}
      onClick={() => onPick(item)}
      onPointerEnter={() => onPoint(index)}
    >
      {children(item)}
    </div>
  ))
}
