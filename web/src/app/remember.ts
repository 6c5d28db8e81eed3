/** Small things remembered on this device: language, theme, last console. Storage may be forbidden or full. */
export function remember(key: string, value: string): void {
  try {
    localStorage.setItem(`huming.${key}`, value)
  } catch {
    // A private window: the choice then lasts as long as the page.
  }
}

/** What was remembered, or null. */
export function recall(key: string): string | null {
  try {
    return localStorage.getItem(`huming.${key}`)
  } catch {
    return null
  }
}
