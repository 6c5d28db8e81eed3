/** Parts of an EPC pattern: the company prefix may stand for any only when what follows does. */
const shape = /^urn:epc:idpat:([a-z]+):(\*|\d{6,12})\.(.+)$/

/** Key, digits before the prefix, digits of prefix and reference, and what follows the check digit. */
const keys: Readonly<
  Record<string, { ai: string; before: string; size: number; after: string; serial: boolean }>
> = {
  sgtin: { ai: '01', before: '\\d', size: 12, after: '', serial: true },
  upui: { ai: '01', before: '\\d', size: 12, after: '', serial: true },
  sscc: { ai: '00', before: '\\d', size: 16, after: '', serial: false },
  sgln: { ai: '414', before: '', size: 12, after: '(/254/.+)?', serial: true },
  pgln: { ai: '417', before: '', size: 12, after: '', serial: false },
  grai: { ai: '8003', before: '0', size: 12, after: '.*', serial: true },
  gdti: { ai: '253', before: '', size: 12, after: '.*', serial: true },
  gsrn: { ai: '8018', before: '', size: 17, after: '', serial: false },
  gsrnp: { ai: '8017', before: '', size: 17, after: '', serial: false },
}

/**
 * The regular expression of the canonical links that an EPC pattern stands for (Tag Data Standard, chapter 8:
 * `urn:epc:idpat:sgtin:4012345.*.*`); null for what is no such pattern. Things of a class stand under the class as
 * well, so a pattern of instances asks for their class.
 */
export function patternShape(urn: string): string | null {
  const [, scheme = '', prefix = '', rest = ''] = shape.exec(urn) ?? []
  if (scheme === 'giai' && rest === '*')
    return `https://id\\.gs1\\.org/8004/${prefix === '*' ? '' : prefix}.+`
  const key = Object.hasOwn(keys, scheme) ? keys[scheme] : undefined
  if (!key) return null
  const [reference = '', ...more] = rest.split('.')
  if (more.length !== (key.serial ? 1 : 0) || more.some((part) => part !== '*')) return null
  if (reference !== '*' && (prefix === '*' || !/^\d+$/.test(reference))) return null
  const digits = prefix === '*' ? `\\d{${key.size}}` : numbered(prefix, reference, key)
  return digits === null ? null : `https://id\\.gs1\\.org/${key.ai}/${key.before}${digits}\\d${key.after}`
}

function numbered(prefix: string, reference: string, key: { size: number }): string | null {
  const left = key.size - prefix.length
  if (left < 0) return null
  if (reference === '*') return `${prefix}\\d{${left}}`
  return reference.length === left ? prefix + reference : null
}
