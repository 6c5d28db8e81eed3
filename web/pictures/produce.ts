import { at, bowl, box, circle, ground, heap, leaf, line, many, oval, picture, shape } from './parts.ts'

const green = '#e6efdb'
const warm = '#fbecd6'
const grain = '#f3ead3'

const chilli = (x: number, y: number, turn: number, skin: string) =>
  at(
    x,
    y,
    turn,
    1,
    shape('M0 -6C14 -8 30 -6 48 8C34 8 12 10 0 6z', skin),
    shape('M4 -4C16 -5 26 -3 36 3C26 0 14 -1 4 0z', '#fff', 0.35),
    shape('M3 -7C-3 -7 -5 -3 -4 0S-3 7 3 7C5 3 5 -3 3 -7z', '#5b8f3e'),
    line('M-4 0C-9 -1 -11 -4 -12 -8', '#5b8f3e', 3),
  )

const cap = (x: number, y: number, r: number, skin: string, stalk = '#f3e6cf') =>
  box(x - r * 0.28, y, r * 0.56, r * 1.1, stalk, 4) +
  shape(
    `M${x - r} ${y + 2}C${x - r} ${y - r * 0.9} ${x + r} ${y - r * 0.9} ${x + r} ${y + 2}C${x + r * 0.5} ${y + 7} ${x - r * 0.5} ${y + 7} ${x - r} ${y + 2}z`,
    skin,
  ) +
  oval(x - r * 0.35, y - r * 0.35, r * 0.3, r * 0.14, '#ffffff55', -20)

const grains = (fill: string, light: string) =>
  oval(48, 43, 32, 11, fill) +
  shape('M18 43C24 26 38 22 48 22S72 26 78 43z', fill) +
  many(
    [
      [34, 34, 20],
      [44, 29, -30],
      [55, 31, 40],
      [63, 37, -15],
      [40, 40, 60],
      [52, 40, 10],
      [28, 41, -20],
      [70, 42, 30],
      [48, 35, 80],
    ],
    (x, y, turn) => oval(x, y, 4, 1.6, light, turn),
  )

/** Fields and woods. */
export const produce: Record<string, string> = {
  'rice-black': picture(grain, bowl(grains('#372a3d', '#6b5673'), '#b5533c', '#f6e3da')),
  rice: picture(grain, bowl(grains('#f7f4ea', '#dcd5c0'), '#4f7d9c')),
  coix: picture(
    grain,
    ground(48, 34),
    many(
      heap(4, 48, 74, 19, 14),
      (x, y, turn) =>
        circle(x, y, 9, '#efe3c6') +
        at(x, y, turn, 1, line('M-5 -3C-1 1 -1 1 -5 4', '#a07a4c', 2.6)) +
        oval(x + 2, y - 4, 3, 1.8, '#fffaf0'),
    ),
  ),
  'bamboo-shoot-fresh': picture(
    green,
    ground(48, 24),
    shape('M48 8C60 30 70 58 68 80Q48 88 28 80C26 58 36 30 48 8z', '#b98a4e'),
    shape('M48 8C52 30 46 58 28 80C26 58 36 30 48 8z', '#d0a566'),
    shape('M68 80C66 62 60 50 52 42C54 58 50 74 40 84C50 86 60 84 68 80z', '#9c6f3b'),
    shape('M28 80C32 66 38 58 44 54C44 66 46 76 52 85C42 86 34 84 28 80z', '#c3975a'),
    line('M48 12C46 24 42 38 36 50M60 50C62 58 64 66 64 76', '#ffffff55', 2),
    line('M36 36C42 42 54 44 60 34M31 54C40 62 56 62 65 52M29 70C40 78 56 78 67 70', '#7f5527', 2.2),
    shape('M48 8C46 6 46 3 48 0C51 3 51 6 48 8z', '#7da453'),
  ),
  'bamboo-shoot-dried': picture(
    warm,
    ground(48, 36, 78),
    many(
      [
        [48, 68, 0],
        [50, 58, -4],
        [46, 48, 3],
        [49, 38, -2],
      ],
      (x, y, turn) =>
        at(
          x,
          y,
          turn,
          1,
          shape('M-38 -3C-20 -8 18 -7 38 -1C40 3 38 6 34 6C14 8 -20 7 -36 5C-40 3 -40 -1 -38 -3z', '#d9a24c'),
          line('M-30 0H30M-24 3H20', '#b97f30', 1.3),
        ),
    ),
    box(42, 32, 6, 44, '#b3402e', 2),
    shape('M45 32L36 22L44 26L48 18L50 27L57 24z', '#b3402e'),
  ),
  'chilli-yellow': picture(
    green,
    ground(50, 34, 80),
    chilli(26, 36, 18, '#eebd2e'),
    chilli(22, 56, 2, '#f5cf4b'),
    chilli(34, 68, -8, '#e8ac1e'),
  ),
  'lettuce-stem': picture(
    green,
    ground(48, 30, 86),
    leaf(58, 44, 44, -92, '#6fa84f'),
    leaf(60, 46, 42, -60, '#83ba5f'),
    leaf(54, 44, 40, -125, '#5b9440'),
    leaf(62, 50, 34, -30, '#6fa84f'),
    shape('M50 40L68 50L40 88Q30 88 28 78z', '#b7d58a'),
    shape('M50 40L58 44L32 86Q27 82 28 78z', '#d3e7ad'),
    oval(34, 82, 9, 5.5, '#e9f3cf', 30),
    many(
      [
        [50, 56],
        [44, 66],
        [56, 60],
      ],
      (x, y) => line(`M${x} ${y}l5 3`, '#8fb35f', 2),
    ),
  ),
  yam: picture(
    warm,
    ground(48, 40, 80),
    at(
      48,
      52,
      -18,
      1,
      box(-42, -11, 70, 22, '#b08a5e', 10),
      line('M-34 -5H20M-30 4H16', '#947049', 1.5),
      many(
        [
          [-28, -2],
          [-12, 5],
          [2, -5],
          [14, 3],
          [-20, 7],
        ],
        (x, y) => circle(x, y, 1.3, '#7d5d3b'),
      ),
      oval(28, 0, 6, 11, '#fbf7ee'),
      oval(28, 0, 3.5, 7.5, '#efe8d8'),
    ),
    oval(70, 74, 12, 7, '#b08a5e'),
    oval(70, 72, 12, 7, '#fbf7ee'),
    oval(70, 72, 8, 4, '#efe8d8'),
  ),
  'mushroom-bamboo-fungus': picture(
    green,
    ground(48, 28, 86),
    box(42, 26, 12, 58, '#fbf8ee', 6),
    shape(
      'M48 26C64 30 74 52 78 70C70 64 66 74 60 66C54 76 42 76 36 66C30 74 26 64 18 70C22 52 32 30 48 26z',
      '#fffdf4',
      0.9,
    ),
    line(
      'M48 28L30 66M48 28L40 70M48 28L56 70M48 28L66 66M34 44C42 48 54 48 62 44M28 56C40 61 56 61 68 56',
      '#d8cfae',
      1.5,
    ),
    shape('M34 26C34 12 42 8 48 8S62 12 62 26C54 31 42 31 34 26z', '#8a9a5b'),
    oval(42, 16, 4, 3, '#ffffff44'),
  ),
  'mushroom-red': picture(warm, ground(48, 34, 84), cap(34, 44, 26, '#c0392f'), cap(68, 58, 18, '#d4574a')),
  'mushroom-fresh': picture(
    warm,
    ground(48, 36, 84),
    cap(64, 42, 22, '#9a6b43'),
    cap(32, 52, 24, '#7d5332'),
    line('M22 44l6 6M36 38l-2 8M44 46l-5 4', '#d8b68c', 2.2),
  ),
  'leaf-veg': picture(
    green,
    ground(48, 24, 88),
    ...[-40, 40, -22, 22, 0].map((turn, i) =>
      at(
        48,
        84,
        turn,
        1,
        shape('M-4 0C-6 -20 -4 -32 0 -40C4 -32 6 -20 4 0z', '#eef4dc'),
        shape(
          'M0 -72C18 -66 20 -44 6 -32C3 -28 -3 -28 -6 -32C-20 -44 -18 -66 0 -72z',
          ['#4f8f3d', '#4f8f3d', '#66a84f', '#66a84f', '#7dbd60'][i] ?? '',
        ),
        line('M0 -30V-64M0 -42L9 -52M0 -42L-9 -52', '#dbeac0', 1.6),
      ),
    ),
    box(36, 74, 24, 6, '#c9974f', 3),
  ),
  dendrobium: picture(
    green,
    ground(48, 26, 88),
    ...[
      [-16, '#7c9a4b'],
      [4, '#8d7a4e'],
      [20, '#6f9145'],
    ].map(([turn, fill]) =>
      at(
        48,
        86,
        Number(turn),
        1,
        box(-4, -66, 8, 66, String(fill), 4),
        line('M-4 -14H4M-4 -28H4M-4 -42H4M-4 -56H4', '#3f5a2c', 2),
      ),
    ),
    leaf(40, 40, 22, 200),
    leaf(58, 44, 22, -20),
    leaf(44, 58, 20, 190, '#76ab5a'),
    at(
      58,
      22,
      0,
      1,
      ...[0, 72, 144, 216, 288].map((turn) => at(0, 0, turn, 1, oval(9, 0, 8, 4, '#f5e9a8'))),
      circle(0, 0, 4, '#b2546a'),
    ),
  ),
  herb: picture(
    green,
    ground(48, 34, 84),
    line('M48 78C48 56 46 36 50 14', '#6b7f3a', 3),
    ...[
      [24, -40],
      [24, 220],
      [38, -30],
      [38, 210],
      [52, -25],
      [52, 205],
    ].map(([y, turn], i) => leaf(48, Number(y) + 8, 24 - i, Number(turn), i % 2 ? '#76ab5a' : '#5f9a4a')),
    leaf(50, 18, 18, -80),
    shape('M20 74C34 68 60 70 76 76C78 82 70 84 48 84S18 82 20 74z', '#a87c4c'),
    line('M28 78C40 75 56 76 68 79', '#c9a06c', 2),
  ),
}
