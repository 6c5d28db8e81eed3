import { withGs1Check } from '@huming/shared/identifiers/gs1'

/** Where canonical Digital Link URIs live (GS1 Digital Link: URI Syntax 1.2, 4.11). */
const canonical = 'https://id.gs1.org'

type Urn = { readonly shape: RegExp; readonly link: (parts: string[]) => string }

/** Characters of a serial, lot or extension in an EPC URI. */
const text = String.raw`((?:%[0-9A-Fa-f]{2}|[!'()*+,.0-9:;=A-Za-z_-])+)`
const urn = (scheme: string, rest: string): RegExp => new RegExp(`^urn:epc:${scheme}:${rest}$`)
/** Company prefix of 6 to 12 digits and a reference that may be empty. */
const pair = String.raw`(\d{6,12})\.(\d*)`

/** Digital Link wants these percent-encoded (table 7-1); an EPC URI carries them bare. */
const encoded = (value: string): string =>
  value.replace(/[!()*+,:]/g, (ch) => `%${ch.charCodeAt(0).toString(16).toUpperCase()}`)

/** A GTIN from company prefix and indicator + item reference. */
const gtin = (prefix: string, item: string): string => withGs1Check(`${item[0]}${prefix}${item.slice(1)}`)

type Parts = { size: number; link: (prefix: string, reference: string, rest: string[]) => string }

/** A key of company prefix and reference that together have `size` digits; else it is no such key. */
const keyed = (scheme: string, rest: string, { size, link }: Parts): Urn => ({
  shape: urn(scheme, `${pair}${rest}`),
  link: ([prefix = '', reference = '', ...more]) =>
    prefix.length + reference.length === size ? link(prefix, reference, more) : '',
})

const urns: readonly Urn[] = [
  keyed('id:sgtin', `\\.${text}`, {
    size: 13,
    link: (p, i, [s = '']) => `/01/${gtin(p, i)}/21/${encoded(s)}`,
  }),
  keyed('class:lgtin', `\\.${text}`, {
    size: 13,
    link: (p, i, [s = '']) => `/01/${gtin(p, i)}/10/${encoded(s)}`,
  }),
  keyed('id:upui', `\\.${text}`, {
    size: 13,
    link: (p, i, [s = '']) => `/01/${gtin(p, i)}/235/${encoded(s)}`,
  }),
  keyed('idpat:sgtin', String.raw`\.\*`, { size: 13, link: (p, i) => `/01/${gtin(p, i)}` }),
  keyed('idpat:upui', String.raw`\.\*`, { size: 13, link: (p, i) => `/01/${gtin(p, i)}` }),
  keyed('id:itip', String.raw`\.(\d{2})\.(\d{2})\.${text}`, {
    size: 13,
    link: (p, i, [piece = '', total = '', s = '']) => `/8006/${gtin(p, i)}${piece}${total}/21/${encoded(s)}`,
  }),
  keyed('idpat:itip', String.raw`\.(\d{2})\.(\d{2})\.\*`, {
    size: 13,
    link: (p, i, [piece = '', total = '']) => `/8006/${gtin(p, i)}${piece}${total}`,
  }),
  keyed('id:sscc', '', { size: 17, link: (p, r) => `/00/${withGs1Check(`${r[0]}${p}${r.slice(1)}`)}` }),
  keyed('id:sgln', `\\.${text}`, {
    size: 12,
    link: (p, r, [s = '']) => `/414/${withGs1Check(p + r)}${s === '0' ? '' : `/254/${encoded(s)}`}`,
  }),
  keyed('id:pgln', '', { size: 12, link: (p, r) => `/417/${withGs1Check(p + r)}` }),
  keyed('id:grai', `\\.${text}`, {
    size: 12,
    link: (p, r, [s = '']) => `/8003/${withGs1Check(`0${p}${r}`)}${encoded(s)}`,
  }),
  keyed('idpat:grai', String.raw`\.\*`, { size: 12, link: (p, r) => `/8003/${withGs1Check(`0${p}${r}`)}` }),
  keyed('id:gdti', `\\.${text}`, {
    size: 12,
    link: (p, r, [s = '']) => `/253/${withGs1Check(p + r)}${encoded(s)}`,
  }),
  keyed('idpat:gdti', String.raw`\.\*`, { size: 12, link: (p, r) => `/253/${withGs1Check(p + r)}` }),
  keyed('id:sgcn', String.raw`\.(\d{1,12})`, {
    size: 12,
    link: (p, r, [s = '']) => `/255/${withGs1Check(p + r)}${s}`,
  }),
  keyed('idpat:sgcn', String.raw`\.\*`, { size: 12, link: (p, r) => `/255/${withGs1Check(p + r)}` }),
  keyed('id:gsrn', '', { size: 17, link: (p, r) => `/8018/${withGs1Check(p + r)}` }),
  keyed('id:gsrnp', '', { size: 17, link: (p, r) => `/8017/${withGs1Check(p + r)}` }),
  keyed('id:gsin', '', { size: 16, link: (p, r) => `/402/${withGs1Check(p + r)}` }),
  {
    shape: urn('id:giai', String.raw`(\d{6,12})\.${text}`),
    link: ([p, r = '']) => `/8004/${p}${encoded(r)}`,
  },
  { shape: urn('id:ginc', String.raw`(\d{6,12})\.${text}`), link: ([p, r = '']) => `/401/${p}${encoded(r)}` },
  {
    shape: urn('id:cpi', String.raw`(\d{6,12})\.((?:%[0-9A-Fa-f]{2}|[0-9A-Z-])+)\.(\d{1,12})`),
    link: ([p, r = '', s]) => `/8010/${p}${encoded(r)}/8011/${s}`,
  },
  {
    shape: urn('idpat:cpi', String.raw`(\d{6,12})\.((?:%[0-9A-Fa-f]{2}|[0-9A-Z-])+)\.\*`),
    link: ([p, r = '']) => `/8010/${p}${encoded(r)}`,
  },
]

/** Keys that may begin a Digital Link, with the finest qualifiers that identification needs, finest first. */
const keys: Readonly<Record<string, readonly string[]>> = {
  '00': [],
  '01': ['21', '235', '10'],
  '253': [],
  '255': [],
  '401': [],
  '402': [],
  '414': ['254'],
  '417': [],
  '8003': [],
  '8004': [],
  '8006': ['21', '10'],
  '8010': ['8011'],
  '8017': [],
  '8018': [],
}

/** Names that a Digital Link may use instead of numbers. */
const names: Readonly<Record<string, string>> = {
  gtin: '01',
  itip: '8006',
  cpid: '8010',
  gln: '414',
  party: '417',
  gsrnp: '8017',
  gsrn: '8018',
  gcn: '255',
  sscc: '00',
  gdti: '253',
  ginc: '401',
  gsin: '402',
  grai: '8003',
  giai: '8004',
  cpv: '22',
  lot: '10',
  ser: '21',
}

/** Values of a key that is fixed in length begin so. */
const shapes: Readonly<Record<string, RegExp>> = {
  '00': /^\d{18}$/,
  '01': /^(\d{8}|\d{12,14})$/,
  '253': /^\d{13}/,
  '255': /^\d{13,25}$/,
  '402': /^\d{17}$/,
  '414': /^\d{13}$/,
  '417': /^\d{13}$/,
  '8003': /^\d{14}/,
  '8006': /^\d{18}$/,
  '8017': /^\d{18}$/,
  '8018': /^\d{18}$/,
}

/**
 * The constrained canonical GS1 Digital Link URI of an EPC URI, EPC class, EPC pattern or Digital Link URI: on
 * id.gs1.org, without query, with the finest level of identification only (CBV 2.0, 8.9, rules 17 and 18). Null for
 * text that is none of them.
 */
export function canonicalLink(uri: string): string | null {
  if (uri.startsWith('urn:epc:')) return ofUrn(uri)
  return /^https?:\/\//.test(uri) ? ofLink(uri) : null
}

function ofUrn(uri: string): string | null {
  for (const { shape, link } of urns) {
    const match = shape.exec(uri)
    const path = match ? link(match.slice(1)) : ''
    if (path !== '') return canonical + path
  }
  return null
}

function ofLink(uri: string): string | null {
  const path = uri.replace(/^https?:\/\/[^/?#]*/, '').replace(/[?#].*$/s, '')
  const parts = path.split('/').slice(1)
  if (parts.at(-1) === '') parts.pop()
  const named = parts.map((part) => names[part] ?? part)
  for (const [start, ai] of named.entries()) {
    const value = parts[start + 1]
    if (!(ai in keys) || value === undefined || (parts.length - start) % 2 !== 0) continue
    if (!/^\d{4}/.test(value) || !(shapes[ai]?.test(value) ?? true)) continue
    const qualifier = keys[ai]?.find((finer) => named.indexOf(finer, start + 2) >= 0)
    const at = qualifier === undefined ? -1 : named.indexOf(qualifier, start + 2)
    const finer = at < 0 ? '' : `/${named[at]}/${parts[at + 1]}`
    return `${canonical}/${ai}/${ai === '01' ? value.padStart(14, '0') : value}${finer}`
  }
  return null
}
