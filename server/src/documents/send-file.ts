import type { Door } from '../kernel/routes.ts'

const mediaTypes = {
  pdf: 'application/pdf',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv; charset=utf-8',
  zip: 'application/zip',
} as const
export type FileKind = keyof typeof mediaTypes

/**
 * Answers with a file (contract: `raw: 'stream'`, reply `z.unknown()`). A PDF opens in the browser, others are saved.
 * `name` is without ending and may be Chinese (RFC 6266, RFC 8187).
 */
export function sendFile(door: Door, kind: FileKind, name: string, bytes: Buffer): unknown {
  const file = `${name.replaceAll(/[\\/:*?"<>|\r\n]/g, '-')}.${kind}`
  const plain = file.replaceAll(/[^\x20-\x7e]/g, '_')
  return door.reply
    .type(mediaTypes[kind])
    .header(
      'content-disposition',
      `${kind === 'pdf' ? 'inline' : 'attachment'}; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(file)}`,
    )
    .header('cache-control', 'private, no-store')
    .send(bytes)
}
