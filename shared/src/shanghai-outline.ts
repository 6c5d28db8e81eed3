import type { DistrictCode } from './districts.ts'
import { type Point, pointOf } from './geo.ts'

/** Corners where borders meet, [longitude, latitude]. */
const corners = {
  north: [121.335, 31.505],
  luojing: [121.4, 31.487],
  wusong: [121.503, 31.398],
  pudongSouth: [121.745, 30.845],
  fengxianSouth: [121.435, 30.745],
  west: [121.03, 30.945],
  anting: [121.06, 31.26],
  huacao: [121.255, 31.24],
  zhenbei: [121.342, 31.235],
  taopu: [121.345, 31.29],
  dachang: [121.4, 31.285],
  pengpu: [121.462, 31.318],
  jiangwan: [121.487, 31.31],
  riverNorth: [121.515, 31.348],
  dalian: [121.513, 31.253],
  creek: [121.48, 31.247],
  bund: [121.491, 31.241],
  creekWest: [121.435, 31.236],
  zhenning: [121.432, 31.212],
  shaanxi: [121.46, 31.212],
  rihui: [121.476, 31.187],
  caohejing: [121.395, 31.168],
  airport: [121.335, 31.19],
  huajing: [121.462, 31.115],
  pujiang: [121.56, 31.0],
  riverSouth: [121.36, 31.0],
  zhuanqiao: [121.255, 31.15],
  mao: [121.32, 30.93],
} as const satisfies Record<string, Vertex>

type Vertex = readonly [lng: number, lat: number]
type Corner = keyof typeof corners

/** A border between two corners with the vertices between them, drawn once for the districts on both sides. */
const borders = {
  yangtze: ['luojing', 'wusong', []],
  coast: [
    'wusong',
    'pudongSouth',
    [
      [121.57, 31.385],
      [121.72, 31.3],
      [121.83, 31.16],
      [121.9, 31.02],
      [121.975, 30.89],
      [121.86, 30.85],
    ],
  ],
  bayEast: ['pudongSouth', 'fengxianSouth', [[121.57, 30.81]]],
  bayWest: [
    'fengxianSouth',
    'west',
    [
      [121.34, 30.715],
      [121.265, 30.685],
      [121.1, 30.8],
      [120.985, 30.895],
    ],
  ],
  lakes: [
    'west',
    'anting',
    [
      [120.895, 31.005],
      [120.855, 31.1],
      [120.93, 31.14],
      [121.05, 31.17],
    ],
  ],
  taicang: [
    'anting',
    'north',
    [
      [121.1, 31.35],
      [121.2, 31.465],
    ],
  ],
  liuhe: ['north', 'luojing', []],
  wusongRiver: ['anting', 'huacao', [[121.16, 31.255]]],
  jiangqiao: ['huacao', 'zhenbei', []],
  nanxiang: ['zhenbei', 'taopu', []],
  gucun: [
    'taopu',
    'north',
    [
      [121.355, 31.33],
      [121.36, 31.39],
      [121.32, 31.44],
    ],
  ],
  taopuEast: ['taopu', 'dachang', []],
  gongkang: ['dachang', 'pengpu', [[121.42, 31.32]]],
  sanmen: ['pengpu', 'jiangwan', []],
  wujiaochang: ['jiangwan', 'riverNorth', [[121.5, 31.345]]],
  huangpuMouth: ['riverNorth', 'wusong', [[121.5, 31.37]]],
  dalianRoad: ['jiangwan', 'dalian', []],
  yangpuBank: [
    'dalian',
    'riverNorth',
    [
      [121.545, 31.26],
      [121.562, 31.28],
      [121.545, 31.3],
    ],
  ],
  northBund: ['dalian', 'bund', [[121.502, 31.246]]],
  baoshanRoad: ['pengpu', 'creek', [[121.474, 31.28]]],
  suzhouCreek: ['creek', 'bund', []],
  changshou: ['dachang', 'creekWest', [[121.43, 31.26]]],
  changning: ['zhenbei', 'creekWest', [[121.38, 31.223]]],
  zhenningRoad: ['creekWest', 'zhenning', []],
  changle: ['zhenning', 'shaanxi', []],
  chengdu: ['shaanxi', 'creek', [[121.472, 31.232]]],
  rihuiGang: ['shaanxi', 'rihui', [[121.463, 31.198]]],
  huangpuBank: [
    'bund',
    'rihui',
    [
      [121.507, 31.217],
      [121.497, 31.192],
    ],
  ],
  hongqiaoRoad: ['zhenning', 'caohejing', [[121.42, 31.19]]],
  airportSouth: ['caohejing', 'airport', []],
  airportWest: ['airport', 'zhenbei', []],
  xuhuiBank: ['rihui', 'huajing', [[121.457, 31.155]]],
  xuhuiSouth: ['caohejing', 'huajing', [[121.405, 31.125]]],
  pujiangEast: [
    'huajing',
    'pujiang',
    [
      [121.5, 31.12],
      [121.555, 31.08],
    ],
  ],
  minhangSouth: ['pujiang', 'riverSouth', [[121.45, 30.995]]],
  minhangWest: [
    'riverSouth',
    'zhuanqiao',
    [
      [121.33, 31.06],
      [121.3, 31.12],
    ],
  ],
  huaxin: ['zhuanqiao', 'huacao', []],
  sheshan: [
    'zhuanqiao',
    'west',
    [
      [121.2, 31.11],
      [121.13, 31.08],
      [121.06, 30.99],
    ],
  ],
  maogang: [
    'west',
    'mao',
    [
      [121.12, 30.94],
      [121.23, 30.93],
    ],
  ],
  yexie: ['mao', 'riverSouth', [[121.34, 30.975]]],
  caojing: ['mao', 'fengxianSouth', [[121.37, 30.85]]],
  nanhui: [
    'pujiang',
    'pudongSouth',
    [
      [121.62, 30.97],
      [121.68, 30.92],
    ],
  ],
} as const satisfies Record<string, readonly [Corner, Corner, readonly Vertex[]]>

type Border = keyof typeof borders

/** Borders around each district, in the order one walks them; each joins the one before at a corner. */
const rings: readonly (readonly [DistrictCode, readonly Border[]])[] = [
  ['310101', ['suzhouCreek', 'huangpuBank', 'rihuiGang', 'chengdu']],
  ['310104', ['changle', 'rihuiGang', 'xuhuiBank', 'xuhuiSouth', 'hongqiaoRoad']],
  ['310105', ['changning', 'zhenningRoad', 'hongqiaoRoad', 'airportSouth', 'airportWest']],
  ['310106', ['gongkang', 'baoshanRoad', 'chengdu', 'changle', 'zhenningRoad', 'changshou']],
  ['310107', ['taopuEast', 'changshou', 'changning', 'nanxiang']],
  ['310109', ['sanmen', 'dalianRoad', 'northBund', 'suzhouCreek', 'baoshanRoad']],
  ['310110', ['wujiaochang', 'yangpuBank', 'dalianRoad']],
  [
    '310112',
    [
      'jiangqiao',
      'airportWest',
      'airportSouth',
      'xuhuiSouth',
      'pujiangEast',
      'minhangSouth',
      'minhangWest',
      'huaxin',
    ],
  ],
  ['310113', ['liuhe', 'yangtze', 'huangpuMouth', 'wujiaochang', 'sanmen', 'gongkang', 'taopuEast', 'gucun']],
  ['310114', ['taicang', 'gucun', 'nanxiang', 'jiangqiao', 'wusongRiver']],
  [
    '310115',
    ['huangpuMouth', 'coast', 'nanhui', 'pujiangEast', 'xuhuiBank', 'huangpuBank', 'northBund', 'yangpuBank'],
  ],
  ['310116', ['maogang', 'caojing', 'bayWest']],
  ['310117', ['sheshan', 'minhangWest', 'yexie', 'maogang']],
  ['310118', ['lakes', 'wusongRiver', 'huaxin', 'sheshan']],
  ['310120', ['minhangSouth', 'nanhui', 'bayEast', 'caojing', 'yexie']],
]

const islands: readonly (readonly Vertex[])[] = [
  [
    [121.17, 31.8],
    [121.3, 31.86],
    [121.5, 31.79],
    [121.85, 31.64],
    [121.97, 31.52],
    [121.88, 31.46],
    [121.7, 31.52],
    [121.5, 31.58],
    [121.35, 31.61],
    [121.22, 31.7],
  ],
  [
    [121.57, 31.43],
    [121.68, 31.4],
    [121.82, 31.34],
    [121.7, 31.34],
    [121.6, 31.38],
  ],
]

/** An outline of one district; Chongming has two, for its islands. */
export type DistrictOutline = { readonly code: DistrictCode; readonly points: readonly Point[] }

const edgeOf = (name: Border): readonly [Corner, Corner, readonly Vertex[]] => borders[name]

/** Walks the borders of a ring, turning those that were drawn the other way. */
function walk(ring: readonly Border[]): Vertex[] {
  const [first, second] = [edgeOf(ring[0] as Border), edgeOf(ring[1] as Border)]
  let at = first[1] === second[0] || first[1] === second[1] ? first[0] : first[1]
  return ring.flatMap((name) => {
    const [from, to, between] = edgeOf(name)
    const forward = from === at
    const start = at
    at = forward ? to : from
    return [corners[start], ...(forward ? between : between.toReversed())]
  })
}

const asPoints = (vertices: readonly Vertex[]) => vertices.map(([lng, lat]) => pointOf(lng, lat))

/**
 * Outlines of the Shanghai districts drawn by us from memory of public maps, true to some 2 km: to find one's way on
 * a sketch, not to tell on which side of a border a door lies.
 */
export const SHANGHAI_OUTLINES: readonly DistrictOutline[] = [
  ...rings.map(([code, ring]) => ({ code, points: asPoints(walk(ring)) })),
  ...islands.map((points) => ({ code: '310151' as const, points: asPoints(points) })),
]
