import type { ProblemCode } from '@huming/shared/problems'

/** What the EPCIS 2.0 REST binding calls our problems; anything else is its ImplementationException. */
const exceptions: Partial<Record<ProblemCode, string>> = {
  bad_input: 'ValidationException',
  bad_json: 'ValidationException',
  epcis_invalid: 'ValidationException',
  body_too_large: 'CaptureLimitExceededException',
  epcis_limit: 'CaptureLimitExceededException',
  epcis_query_bad: 'QueryParameterException',
  epcis_query_large: 'QueryTooLargeException',
  epcis_exists: 'ResourceAlreadyExistsException',
  epcis_not_acceptable: 'NotAcceptableException',
  unsupported_media: 'UnsupportedMediaTypeException',
  not_found: 'NoSuchNameException',
  route_not_found: 'NoSuchNameException',
  unauthenticated: 'SecurityException',
  session_expired: 'SecurityException',
  forbidden: 'SecurityException',
  cross_site: 'SecurityException',
}

/** The `type` of a problem at a door of the EPCIS binding; nothing at any other door. */
export const epcisTypeOf = (url: string, code: ProblemCode): { type?: string } =>
  url.startsWith('/api/epcis/')
    ? { type: `epcisException:${exceptions[code] ?? 'ImplementationException'}` }
    : {}
