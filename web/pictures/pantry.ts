import {
  at,
  bottle,
  bowl,
  box,
  circle,
  ground,
  jar,
  leaf,
  line,
  many,
  oval,
  picture,
  plate,
  shape,
  strip,
  tea,
} from './parts.ts'

const green = '#e6efdb'
const warm = '#fbecd6'
const rust = '#f6e2d3'
const water = '#dfebf0'

const flower = (x: number, y: number) =>
  [0, 72, 144, 216, 288].map((turn) => at(x, y, turn, 1, oval(6, 0, 5.5, 4, '#fff'))).join('') +
  circle(x, y, 3, '#e9b93f')

const drop = shape('M48 56C53 63 55 66 55 69A7 6 0 0 1 41 69C41 66 43 63 48 56z', '#d9a22f')

const fish = (body: string, belly: string, marks: string) =>
  ground(46, 36, 76) +
  shape('M70 50C78 42 86 36 90 34C88 44 88 56 92 68C84 64 76 58 70 52z', body) +
  shape('M34 34C44 22 58 22 64 34z', body) +
  shape('M46 66L56 76L62 64z', body) +
  shape('M6 52C16 34 38 28 56 34C66 38 72 46 76 51C70 58 62 66 50 69C32 72 14 66 6 52z', body) +
  shape('M6 52C18 60 40 62 74 52C68 60 60 66 50 69C32 72 14 66 6 52z', belly) +
  marks +
  line('M28 38C32 46 32 56 27 64', '#00000033', 2.5) +
  circle(18, 48, 4, '#fff') +
  circle(18, 48, 2.2, '#222')

const cube = (x: number, y: number, size: number, top: string, left: string, right: string) => {
  const half = size / 2
  return (
    shape(`M${x} ${y - half}L${x + size} ${y}L${x} ${y + half}L${x - size} ${y}z`, top) +
    shape(`M${x - size} ${y}L${x} ${y + half}V${y + half + size}L${x - size} ${y + size}z`, left) +
    shape(`M${x + size} ${y}L${x} ${y + half}V${y + half + size}L${x + size} ${y + size}z`, right)
  )
}

/** Keeps long: oils, teas, cured meat, soy, fish, sugar, sauces. */
export const pantry: Record<string, string> = {
  'tea-oil': picture(
    green,
    bottle('#d9a22f', '#7a4b2a', drop),
    flower(76, 74),
    leaf(80, 82, 14, 20),
    leaf(72, 82, 12, 150),
  ),
  'tea-green': picture(green, tea('#b9c96a', '#4f7a3a')),
  'tea-black': picture(rust, tea('#b0502a', '#3b2a22')),
  'tea-oolong': picture(warm, tea('#d99a3e', '#5c5a34')),
  'duck-pressed': picture(
    rust,
    plate(
      shape('M12 54C12 38 30 28 50 30C66 32 78 40 82 52C84 62 72 70 50 70C28 70 12 66 12 54z', '#b9692f') +
        shape('M18 50C22 40 36 34 50 35C40 37 28 44 24 56C20 56 18 54 18 50z', '#e2a45f') +
        at(
          60,
          50,
          -32,
          1,
          box(18, -3, 16, 7, '#f3ead8', 3),
          circle(34, -3, 4, '#f3ead8'),
          circle(34, 4, 4, '#f3ead8'),
          shape('M-16 0C-16 -12 2 -14 12 -7L22 -4V5L12 8C2 14 -16 12 -16 0z', '#a4592a'),
        ) +
        shape('M28 58C30 48 40 44 50 46C48 56 40 62 28 58z', '#a4592a') +
        line('M32 56C36 51 41 49 46 49', '#d8914e', 2),
    ),
  ),
  'tofu-skin': picture(
    warm,
    ground(48, 38, 82),
    ...[
      [74, '#dcb45c'],
      [60, '#e7c674'],
      [46, '#efd68f'],
    ].map(
      ([y, fill]) =>
        shape(
          `M12 ${Number(y) - 6}C30 ${Number(y) - 12} 62 ${Number(y) - 2} 84 ${Number(y) - 8}Q88 ${Number(y)} 84 ${Number(y) + 6}C62 ${Number(y) + 10} 30 ${Number(y)} 12 ${Number(y) + 6}Q8 ${Number(y)} 12 ${Number(y) - 6}z`,
          String(fill),
        ) +
        line(`M18 ${Number(y)}C36 ${Number(y) - 5} 58 ${Number(y) + 5} 78 ${Number(y) - 1}`, '#b98d38', 1.6),
    ),
  ),
  tofu: picture(
    green,
    ground(48, 38, 84),
    cube(30, 50, 20, '#fffdf6', '#ebe5d3', '#f5f0e2'),
    cube(66, 50, 20, '#fffdf6', '#ebe5d3', '#f5f0e2'),
    cube(48, 34, 20, '#fffef9', '#ece6d5', '#f7f2e5'),
    leaf(46, 30, 16, -20),
  ),
  jerky: picture(
    rust,
    plate(
      many(
        [
          [48, 62, 6],
          [42, 52, -14],
          [56, 50, 18],
          [48, 40, -4],
        ],
        (x, y, turn) => strip(x, y, turn, '#7d3a22', '#b06a48'),
      ),
    ),
  ),
  'radish-dried': picture(
    warm,
    bowl(
      many(
        [
          [34, 42, 30],
          [60, 42, -25],
          [48, 34, 10],
          [40, 28, -40],
          [58, 28, 40],
          [48, 44, -8],
        ],
        (x, y, turn) => at(x, y, turn, 0.8, strip(0, 0, 0, '#c79148', '#8f5f26')),
      ),
      '#7d8f5a',
    ),
  ),
  'brown-sugar': picture(
    rust,
    ground(48, 38, 86),
    cube(32, 54, 19, '#a4602f', '#6f3a18', '#86481f'),
    cube(66, 54, 19, '#a4602f', '#6f3a18', '#86481f'),
    cube(49, 32, 19, '#b97440', '#7c431d', '#955326'),
    many(
      [
        [14, 84],
        [22, 88],
        [80, 86],
      ],
      (x, y) => circle(x, y, 2.2, '#86481f'),
    ),
  ),
  'fish-mandarin': picture(
    water,
    fish(
      '#8b8a4a',
      '#d9d4a8',
      many(
        [
          [40, 42],
          [52, 40],
          [46, 50],
          [60, 48],
          [34, 54],
        ],
        (x, y) => oval(x, y, 5, 3.4, '#4e4b26'),
      ) + line('M38 32L42 24M46 29L48 21M54 29L56 23', '#6a6936', 2),
    ),
  ),
  'fish-carp': picture(
    water,
    fish(
      '#c9683d',
      '#f3cfa6',
      many(
        [
          [36, 42],
          [44, 40],
          [52, 42],
          [60, 46],
          [40, 50],
          [48, 50],
          [56, 52],
        ],
        (x, y) => line(`M${x} ${y - 3}q4 3 0 6`, '#9d4a24', 1.8),
      ),
    ),
  ),
  'soy-sauce': picture(warm, bottle('#3a2018', '#b3402e', box(38, 62, 20, 6, '#3a2018', 2))),
  'peanut-sauce': picture(
    warm,
    jar(
      '#c08a4a',
      '#7a4b2a',
      at(
        48,
        58,
        0,
        0.6,
        shape('M-17 0C-17 -9 -8 -11 -1 -6.500C6 -11 18 -9 18 0S6 11 -1 6.500C-8 11 -17 9 -17 0z', '#d9a962'),
      ),
    ),
  ),
  'chilli-sauce': picture(
    rust,
    jar(
      '#b9301f',
      '#2f2a26',
      shape('M38 52C48 52 56 56 60 66C50 66 40 62 38 52z', '#d1402c') + line('M38 52L34 49', '#5b8f3e', 3),
    ),
  ),
  'garlic-oil': picture(
    warm,
    jar(
      '#e0b24a',
      '#5b8f3e',
      shape('M48 49C50 54 58 57 57 63C56 69 40 69 39 63C38 57 46 54 48 49z', '#f6efe4') +
        line('M48 54V66M44 57C43 61 43 64 44 66M52 57C53 61 53 64 52 66', '#c9b6a0', 1.4),
    ),
  ),
  'spice-bag': picture(
    rust,
    ground(48, 30, 86),
    shape('M30 36C18 52 16 84 26 84H70C80 84 78 52 66 36z', '#e4d3b0'),
    shape('M30 36C24 24 30 14 36 18C40 12 46 12 48 18C52 12 58 12 60 18C68 14 72 26 66 36z', '#efe2c6'),
    line('M30 36H66', '#a8542f', 5),
    line('M58 36L66 48M58 36L54 50', '#a8542f', 2.5),
    at(
      48,
      64,
      0,
      1,
      ...Array.from({ length: 8 }, (_, i) =>
        at(0, 0, i * 45, 1, oval(8, 0, 6, 2.6, '#7b4a2a'), circle(9, 0, 1.2, '#d8a25e')),
      ),
    ),
  ),
  pork: picture(
    rust,
    ground(48, 36, 80),
    shape('M12 38C24 26 68 24 84 36V66C68 78 26 78 12 68z', '#d9776b'),
    shape('M12 38C24 26 68 24 84 36V42C68 32 26 34 12 46z', '#f4d9c6'),
    shape('M12 52C30 44 66 44 84 50V56C66 52 30 52 12 60z', '#f7e6da'),
    shape('M12 68C26 78 68 78 84 66V70C68 82 26 82 12 72z', '#c98a5e'),
    line('M22 64C34 60 60 60 74 62', '#f4c9bf', 2.5),
  ),
  egg: picture(
    warm,
    ground(48, 38, 82),
    many(
      [
        [28, 60, -8],
        [68, 60, 8],
        [48, 52, 0],
      ],
      (x, y, turn) =>
        at(
          x,
          y,
          turn,
          1,
          shape(
            'M0 -26C12 -26 18 -6 18 4A18 18 0 0 1 -18 4C-18 -6 -12 -26 0 -26z',
            x === 48 ? '#f0d0ab' : '#d6a273',
          ),
          oval(-6, -10, 4, 8, '#ffffff55', 15),
        ),
    ),
  ),
  bowl: picture(
    water,
    ground(48, 26, 86),
    ...[0, 7, 14].map(
      (lift) =>
        shape(
          `M20 ${34 - lift + 14}H76L68 ${68 - lift + 14}Q67 ${70 - lift + 14} 64 ${70 - lift + 14}H32Q29 ${70 - lift + 14} 28 ${68 - lift + 14}z`,
          lift === 14 ? '#fbfbf8' : '#e7e8e2',
        ) + box(17, 31 - lift + 14, 62, 6, lift === 14 ? '#ffffff' : '#f0f1ec', 3),
    ),
    shape('M34 46C38 42 44 42 48 46S58 50 62 46V54C58 58 52 58 48 54S38 50 34 54z', '#6fa668'),
  ),
  generic: picture(
    '#eceae2',
    ground(48, 36, 84),
    shape('M14 36H82V78Q82 84 76 84H20Q14 84 14 78z', '#c79a5c'),
    line('M14 52H82M14 68H82M34 36V84M62 36V84', '#a97c40', 2.5),
    leaf(34, 36, 28, -70),
    leaf(46, 36, 32, -95, '#76ab5a'),
    leaf(60, 36, 28, -110),
    circle(66, 30, 10, '#e2764a'),
    circle(28, 32, 8, '#eebd2e'),
    box(12, 34, 72, 9, '#b5864a', 3),
  ),
}
