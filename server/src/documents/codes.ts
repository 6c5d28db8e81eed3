import { toSVG } from 'bwip-js/node'

/**
 * A code to scan as SVG, dark on white with the quiet zone scanners need. `gs1-128` and `qr-link` check their
 * content: element strings with a wrong check digit throw.
 */
export function codeSvg(kind: 'gs1-128' | 'code128' | 'qr', text: string): string {
  const bcid = { 'gs1-128': 'gs1-128', code128: 'code128', qr: 'qrcode' }[kind]
  return toSVG({
    bcid,
    text,
    backgroundcolor: 'FFFFFF',
    padding: kind === 'qr' ? 4 : 10,
    ...(kind === 'qr' ? { eclevel: 'M' } : { height: 14, includetext: true, textxalign: 'center' }),
  })
}
