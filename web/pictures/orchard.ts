import { at, circle, ground, heap, leaf, line, many, oval, picture, shape } from './parts.ts'

const green = '#e6efdb'
const warm = '#fbecd6'
const grain = '#f3ead3'

const seed = (x: number, y: number, turn: number) =>
  oval(x, y, 9, 7.5, '#f4ead0', turn) +
  oval(x - 1, y - 2, 5, 3, '#fffaf0', turn) +
  at(x, y, turn, 1, circle(8, 0, 1.6, '#c9a46a'))

const nut = (x: number, y: number, turn: number) =>
  at(
    x,
    y,
    turn,
    1,
    shape('M-17 0C-17 -9 -8 -11 -1 -6.500C6 -11 18 -9 18 0S6 11 -1 6.500C-8 11 -17 9 -17 0z', '#d9a962'),
    line('M-11 -4V4M-6 -5V5M4 -5V5M9 -6V6M13 -4V4', '#b98442', 1.4),
  )

/** Fruit, seeds and flowers. */
export const orchard: Record<string, string> = {
  'lotus-seed': picture(
    green,
    ground(48, 36, 80),
    oval(48, 70, 40, 13, '#6fa668'),
    line('M48 70L14 66M48 70L82 66M48 70L30 80M48 70L66 80M48 70V58', '#8fc088', 1.5),
    many(heap(4, 48, 66, 16, 11), seed),
  ),
  pear: picture(
    warm,
    ground(48, 26),
    shape(
      'M48 20C59 20 60 33 63 42C69 50 74 55 74 65C74 77 62 83 48 83S22 77 22 65C22 55 27 50 33 42C36 33 37 20 48 20z',
      '#dfc65c',
    ),
    shape('M34 46C38 38 38 26 45 24C40 36 42 44 36 52S30 68 34 76C26 68 28 56 34 46z', '#fff', 0.3),
    many(
      [
        [52, 50],
        [58, 62],
        [46, 66],
        [60, 74],
        [50, 76],
        [64, 66],
      ],
      (x, y) => circle(x, y, 1.1, '#b3963a'),
    ),
    line('M48 21C48 15 50 11 54 9', '#7a5a34', 3.5),
    leaf(51, 15, 22, -8),
  ),
  kiwi: picture(
    green,
    ground(48, 36),
    oval(62, 52, 26, 24, '#8f6b41'),
    oval(58, 44, 12, 8, '#a98354', -20),
    circle(38, 58, 26, '#8f6b41'),
    circle(38, 58, 23.5, '#8fbf4d'),
    oval(38, 58, 8, 9.5, '#eef3cf'),
    many(
      Array.from({ length: 14 }, (_, i) =>
        [38 + 13 * Math.cos((i * Math.PI) / 7), 58 + 13.5 * Math.sin((i * Math.PI) / 7), (i * 180) / 7].map(
          Math.round,
        ),
      ),
      (x, y, turn) => oval(x, y, 2.2, 1.1, '#2f3a1c', turn),
    ),
  ),
  peach: picture(
    warm,
    ground(48, 28),
    circle(48, 54, 29, '#f2b052'),
    shape('M48 25A29 29 0 0 1 66 77C74 60 66 36 48 25z', '#e2764a', 0.6),
    line('M48 27C42 40 42 66 50 80', '#cf8a35', 2.5),
    oval(36, 44, 8, 5, '#ffffff55', -35),
    line('M48 28C48 22 50 18 52 16', '#7a5a34', 3.5),
    leaf(50, 22, 28, -18),
    leaf(47, 24, 24, 200, '#76ab5a'),
  ),
  chrysanthemum: picture(
    green,
    line('M48 52C48 70 46 82 44 92', '#5f9a4a', 4),
    leaf(46, 80, 26, -30),
    leaf(46, 84, 24, 205),
    ...Array.from({ length: 16 }, (_, i) =>
      at(48, 44, i * 22.5, 1, oval(20, 0, 14, 4.6, i % 2 ? '#fdf0b5' : '#fff9dd')),
    ),
    ...Array.from({ length: 12 }, (_, i) => at(48, 44, i * 30 + 8, 1, oval(12, 0, 9, 3.6, '#f6d860'))),
    circle(48, 44, 7.5, '#e0a92f'),
  ),
  peanut: picture(
    grain,
    ground(48, 36),
    many(
      [
        [34, 68, -12],
        [64, 66, 14],
        [46, 50, 8],
        [52, 76, 2],
      ],
      nut,
    ),
    oval(72, 78, 6, 4.5, '#b4533a', 20),
    oval(24, 80, 6, 4.5, '#b4533a', -15),
  ),
  kumquat: picture(
    warm,
    ground(48, 34),
    leaf(50, 34, 34, -25),
    leaf(46, 34, 30, 200, '#76ab5a'),
    line('M36 50C40 40 46 36 48 32M62 52C58 42 52 36 48 32', '#6b7f3a', 2.5),
    many(
      [
        [32, 62, 20],
        [64, 62, -20],
        [48, 70, 0],
      ],
      (x, y, turn) => oval(x, y, 14, 17, '#f08f1f', turn) + oval(x - 4, y - 6, 4, 6, '#ffc46b', turn + 20),
    ),
  ),
  'mandarin-orange': picture(
    warm,
    ground(48, 36),
    circle(40, 52, 27, '#ef8f2a'),
    oval(30, 42, 8, 5, '#ffbf73', -35),
    leaf(40, 28, 24, -20),
    line('M40 30V25', '#6b7f3a', 4),
    circle(66, 66, 18, '#f6a94a'),
    circle(66, 66, 15.5, '#ffe6c2'),
    ...Array.from({ length: 8 }, (_, i) =>
      at(66, 66, i * 45, 1, shape('M2 0C6 -5 12 -5 14 -3Q15 0 14 3C12 5 6 5 2 0z', '#f59a35')),
    ),
  ),
}
