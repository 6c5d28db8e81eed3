/** A form value as the provider's clients write it: text, a list, or members by name. */
export type FormValue = string | FormValue[] | { [name: string]: FormValue }
export type Form = { [name: string]: FormValue }

const depthMax = 6

/** Reads `a=1&b[c]=2&d[0]=3` into nested members; lists are members named by numbers. */
export function readForm(text: string): Form {
  const root: Form = Object.create(null) as Form
  for (const [key, value] of new URLSearchParams(text)) {
    const path = [...key.matchAll(/[^[\]]+/g)].map(([part]) => part).slice(0, depthMax)
    let at = root
    for (const part of path.slice(0, -1)) {
      const next = at[part]
      if (typeof next === 'object' && !Array.isArray(next)) at = next
      else {
        const made: Form = Object.create(null) as Form
        at[part] = made
        at = made
      }
    }
    const last = path.at(-1)
    if (last !== undefined) at[last] = value
  }
  return root
}

export const textOf = (value: FormValue | undefined): string => (typeof value === 'string' ? value : '')
export const membersOf = (value: FormValue | undefined): Form =>
  typeof value === 'object' && !Array.isArray(value) ? value : {}
export const listOf = (value: FormValue | undefined): string[] => Object.values(membersOf(value)).map(textOf)
/** Texts by name, as metadata is. */
export const textsOf = (value: FormValue | undefined): Record<string, string> =>
  Object.fromEntries(Object.entries(membersOf(value)).map(([name, one]) => [name, textOf(one)]))
