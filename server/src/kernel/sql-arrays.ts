/**
 * A PostgreSQL array literal of ids, days or whole numbers, which need no quoting; much cheaper than letting the
 * driver escape each element. Never for text that people write.
 */
export const bareArray = (values: Iterable<string | number | null>): string =>
  `{${Array.from(values, (value) => value ?? 'null').join(',')}}`
