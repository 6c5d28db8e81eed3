/**
 * A PostgreSQL array literal of ids, days or whole numbers, which need no quoting; much cheaper than letting the
 * driver escape each element. Never for text that people write.
 */
export function bareArray(values: Iterable<string | number | null>): string {
  let text = ''
  for (const value of values) text += text === '' ? (value ?? 'null') : `,${value ?? 'null'}`
  return `{${text}}`
}
