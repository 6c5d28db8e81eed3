import { canonicalLink } from './digital-link.ts'

/**
 * The space our own identifiers live in: `ID_SPACE`, by default a placeholder that is nobody's. Set to the product's
 * public address, the name of a lot opens its trace page. Names stay as they were told: choose it before the first
 * night. Goods of a pack with a GTIN have a GS1 Digital Link, everything else a URI of ours (GS1 Digital Link 1.2
 * wants the path of a key for keys only).
 */
export const idSpace = (process.env['ID_SPACE'] || 'https://id.huming.example').replace(/\/+$/, '')

/** AI 10 holds so many letters. */
const lotLettersMax = 20

/** A lot as a class of things: `/01/{gtin}/10/{lot}`, else `/b/{code}`. */
export const lotUri = (code: string, gtin: string | null): string =>
  gtin !== null && code.length <= lotLettersMax
    ? `https://id.gs1.org/01/${gtin.padStart(14, '0')}/10/${encodeURIComponent(code)}`
    : `${idSpace}/b/${encodeURIComponent(code)}`

/** A tote: its SSCC where its code is one. */
export const toteUri = (code: string): string =>
  /^\d{18}$/.test(code) ? `https://id.gs1.org/00/${code}` : `${idSpace}/tote/${encodeURIComponent(code)}`

export const hubUri = (id: string): string => `${idSpace}/hub/${id}`
export const siteUri = (id: string): string => `${idSpace}/site/${id}`
export const orgUri = (id: string): string => `${idSpace}/org/${id}`
export const runUri = (id: string): string => `${idSpace}/run/${id}`
export const orderUri = (number: string): string => `${idSpace}/order/${encodeURIComponent(number)}`
export const consignmentUri = (number: string): string =>
  `${idSpace}/consignment/${encodeURIComponent(number)}`
export const batchUri = (id: string): string => `${idSpace}/batch/${id}`

/** The lot code, and GTIN if there is one, that a URI names; null when it names no lot. */
export function lotOfUri(uri: string): { code: string; gtin: string | null } | null {
  const link = canonicalLink(uri)
  const match = link && /^https:\/\/id\.gs1\.org\/01\/(\d{14})\/10\/([^/]+)$/.exec(link)
  if (match) return { gtin: match[1] as string, code: decoded(match[2] as string) }
  const own = uri.startsWith(`${idSpace}/b/`) ? uri.slice(idSpace.length + 3) : ''
  return own === '' ? null : { gtin: null, code: decoded(own) }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
