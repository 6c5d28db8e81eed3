import { fromWgs84, type Point } from '@huming/shared/geo'

/** Amap's page that starts its app, driving from where one is. It speaks GCJ-02; our points are WGS-84. */
export function navigationAddress(to: Point & { site: string }): string {
  const { lngE6, latE6 } = fromWgs84(to, 'GCJ02')
  const place = `${(lngE6 / 1e6).toFixed(6)},${(latE6 / 1e6).toFixed(6)},${to.site}`
  const search = new URLSearchParams({ to: place, mode: 'car', policy: '1', src: 'huming', callnative: '1' })
  return `https://uri.amap.com/navigation?${search}`
}
