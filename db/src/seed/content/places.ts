import { districtOf, type ShanghaiCode } from '@huming/shared/districts'
import type { Point } from '@huming/shared/geo'
import type { Dice } from '../ids.ts'

/**
 * Where addresses may lie around a district's point, in thousandths of a degree: west, east, south, north.
 * Chosen so that everything is on land and on its own side of the Huangpu and the sea.
 */
const around: Record<ShanghaiCode, readonly [number, number, number, number]> = {
  '310101': [-15, 3, -25, 2],
  '310104': [-20, 15, -30, 20],
  '310105': [-45, 8, -15, 5],
  '310106': [-6, 14, -5, 50],
  '310107': [-28, 28, -10, 22],
  '310109': [-18, 3, -8, 32],
  '310110': [-14, 8, 3, 48],
  '310112': [-20, 28, -28, 38],
  '310113': [-58, -3, -48, 4],
  '310114': [-28, 55, -75, 18],
  '310115': [-28, 90, -65, -11],
  '310116': [-60, 18, -7, 55],
  '310117': [-35, 38, -14, 50],
  '310118': [-8, 95, -10, 50],
  '310120': [-38, 55, -28, 28],
  '310151': [-14, 60, -3, 20],
}

/** A place in the district, the same for the same dice. */
export function placeIn(code: ShanghaiCode, dice: Dice): Point {
  const { latE6, lngE6 } = (districtOf(code) as NonNullable<ReturnType<typeof districtOf>>).point
  const [west, east, south, north] = around[code]
  return {
    lngE6: lngE6 + dice.whole(west * 1000, east * 1000),
    latE6: latE6 + dice.whole(south * 1000, north * 1000),
  }
}

/** Streets and towns that exist; road and number are made up. */
export const streets: Record<ShanghaiCode, readonly string[]> = {
  '310101': ['豫园街道', '老西门街道', '打浦桥街道', '淮海中路街道'],
  '310104': ['徐家汇街道', '漕河泾街道', '长桥街道', '天平路街道'],
  '310105': ['华阳路街道', '北新泾街道', '虹桥街道'],
  '310106': ['曹家渡街道', '彭浦镇', '大宁路街道', '江宁路街道'],
  '310107': ['真如镇街道', '长寿路街道', '曹杨新村街道'],
  '310109': ['凉城新村街道', '四川北路街道', '曲阳路街道'],
  '310110': ['五角场街道', '四平路街道', '控江路街道', '新江湾城街道'],
  '310112': ['莘庄镇', '七宝镇', '梅陇镇', '古美路街道'],
  '310113': ['大场镇', '杨行镇', '顾村镇', '淞南镇'],
  '310114': ['江桥镇', '南翔镇', '马陆镇', '安亭镇'],
  '310115': ['北蔡镇', '张江镇', '金桥镇', '川沙新镇'],
  '310116': ['石化街道', '朱泾镇', '亭林镇'],
  '310117': ['岳阳街道', '九亭镇', '泗泾镇'],
  '310118': ['夏阳街道', '徐泾镇', '华新镇'],
  '310120': ['南桥镇', '奉城镇', '西渡街道'],
  '310151': ['城桥镇', '陈家镇', '堡镇'],
}
