import { recall, remember } from './remember.ts'

export type Theme = 'auto' | 'light' | 'dark'

/** The chosen theme; `auto` follows the device. */
export function theme(): Theme {
  const kept = recall('theme')
  return kept === 'light' || kept === 'dark' ? kept : 'auto'
}

/** Shows a theme and remembers it. */
export function setTheme(next: Theme): void {
  remember('theme', next)
  showTheme()
}

/** Called before the first drawing. */
export function showTheme(): void {
  const now = theme()
  if (now === 'auto') delete document.documentElement.dataset['theme']
  else document.documentElement.dataset['theme'] = now
}
