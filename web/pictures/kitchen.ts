import {
  at,
  bowl,
  box,
  circle,
  ground,
  leaf,
  line,
  many,
  oval,
  picture,
  plate,
  shape,
  steamer,
} from './parts.ts'

const soft = '#f1ebe0'
const rust = '#f6e2d3'
const warm = '#fbecd6'

const pleated = (x: number, y: number) =>
  at(
    x,
    y,
    0,
    1,
    shape('M-15 6C-16 -6 -6 -12 0 -12S16 -6 15 6C10 11 -10 11 -15 6z', '#fbf4e4'),
    line('M-9 -6C-7 -2 -7 2 -8 6M-3 -9C-2 -4 -2 1 -3 7M3 -9C2 -4 2 1 3 7M9 -6C7 -2 7 2 8 6', '#dccba6', 1.6),
    circle(0, -10, 2, '#e9dcbc'),
  )

const openTop = (x: number, y: number) =>
  at(
    x,
    y,
    0,
    1,
    shape('M-11 -6C-14 4 -12 12 -8 13H8C12 12 14 4 11 -6z', '#f2dfae'),
    line('M-7 -2L-6 11M0 -3V12M7 -2L6 11', '#d9bf80', 1.5),
    oval(0, -6, 12, 5.5, '#e8c98a'),
    oval(0, -6.5, 8.5, 3.8, '#c98c6a'),
    circle(0, -7.5, 2, '#e4572e'),
  )

const folded = (x: number, y: number, turn: number) =>
  at(
    x,
    y,
    turn,
    1,
    shape('M-13 3C-10 -9 -3 -11 0 -11S10 -9 13 3C16 9 8 8 4 5C2 9 -2 9 -4 5C-8 8 -16 9 -13 3z', '#fffaf0'),
    oval(0, -2, 6, 4.5, '#f0c2b2'),
    line('M-9 1C-6 -4 6 -4 9 1', '#e8dcc4', 1.4),
  )

const triangle = (x: number, y: number, turn: number) =>
  at(
    x,
    y,
    turn,
    1,
    shape('M0 -15Q4 -15 6 -11L15 6Q16 11 11 11H-11Q-16 11 -15 6L-6 -11Q-4 -15 0 -15z', '#d9c7b8'),
    line('M0 -10V2M0 2L-9 7M0 2L9 7', '#b89f8c', 2),
    oval(-3, -6, 3, 2, '#ffffff66'),
  )

const soup = (colour: string) => oval(48, 46, 33, 8, colour)

const crock = (body: string, lid: string, shine: string) =>
  ground(48, 30, 86) +
  shape('M24 40C14 52 16 78 28 85H68C80 78 82 52 72 40z', body) +
  shape('M24 46C18 58 20 74 28 80C24 70 24 56 30 44z', shine, 0.35) +
  box(22, 34, 52, 8, lid, 4) +
  shape('M28 34C32 22 64 22 68 34z', lid) +
  circle(48, 22, 5.5, body) +
  shape('M16 52C10 52 8 62 16 62z', lid) +
  shape('M80 52C86 52 88 62 80 62z', lid) +
  line('M40 14C36 10 44 8 40 3M56 14C52 10 60 8 56 3', '#ffffffcc', 2.5)

const onions = many(
  [
    [38, 42],
    [54, 44],
    [46, 48],
    [62, 47],
    [30, 46],
  ],
  (x, y) => box(x - 2, y - 1, 4, 2.4, '#6aa84f', 1),
)

/** From the Shaxian kitchen: dough, dumplings, soups, dressings' company. */
export const kitchen: Record<string, string> = {
  'dumpling-steamed': picture(
    soft,
    steamer(
      many(
        [
          [29, 48],
          [67, 48],
          [48, 57],
        ],
        (x, y) => at(x, y, 0, 1.12, oval(0, 6, 17, 5, '#00000022'), pleated(0, 0)),
      ),
    ),
  ),
  'siu-mai': picture(
    soft,
    steamer(
      many(
        [
          [28, 50],
          [68, 50],
          [48, 44],
          [38, 58],
          [59, 58],
        ],
        openTop,
      ),
    ),
  ),
  wonton: picture(
    soft,
    bowl(
      soup('#f0d9a0') +
        many(
          [
            [32, 42, -10],
            [62, 42, 10],
            [47, 38, 0],
            [46, 49, 4],
          ],
          folded,
        ) +
        onions,
      '#b5533c',
      '#f6e3da',
    ),
  ),
  'wonton-skin': picture(
    soft,
    ground(48, 38, 82),
    ...[0, 5, 10, 15].map((lift) =>
      shape(
        `M12 ${66 - lift}L50 ${50 - lift}L86 ${62 - lift}L48 ${80 - lift}z`,
        lift === 15 ? '#fffaf0' : lift % 10 ? '#efe4cb' : '#f7eedb',
      ),
    ),
    shape('M50 35L86 47L72 54L60 38z', '#f3e8cf'),
    many(
      [
        [36, 52],
        [50, 56],
        [58, 48],
        [44, 46],
      ],
      (x, y) => circle(x, y, 1.2, '#e3d5b4'),
    ),
  ),
  filling: picture(
    rust,
    bowl(
      shape('M16 46C20 28 36 22 48 22S76 28 80 46C70 55 26 55 16 46z', '#e0998c') +
        many(
          [
            [34, 36, 20],
            [46, 30, -20],
            [58, 34, 30],
            [66, 42, 0],
            [40, 44, -10],
            [54, 44, 15],
            [28, 44, 40],
          ],
          (x, y, turn) => oval(x, y, 5, 2.4, '#f2c4ba', turn),
        ) +
        onions,
      '#6b8fa6',
    ),
  ),
  noodle: picture(
    warm,
    bowl(
      shape('M14 46C18 30 34 26 48 26S78 30 82 46C70 56 26 56 14 46z', '#ecc878') +
        line(
          'M20 44C30 32 42 50 52 36S72 34 76 44M24 48C34 38 46 54 58 42S70 44 74 48M30 34C38 28 46 38 54 30S66 32 70 36M22 40C28 34 34 40 38 36',
          '#c9973c',
          2.2,
        ) +
        onions,
      '#8c3f2c',
      '#f6e3da',
    ),
    line('M62 34L88 8M68 36L92 14', '#7a5a34', 3.5),
  ),
  'soup-jar': picture(warm, crock('#c58a55', '#8c5a30', '#f3d2a8')),
  'soup-jar-black': picture(soft, crock('#3d3a3c', '#58545a', '#a8a4ac')),
  'rice-jelly': picture(
    soft,
    plate(
      many(
        [
          [34, 62],
          [62, 62],
          [48, 54],
          [48, 68],
        ],
        (x, y) =>
          shape(`M${x} ${y - 12}l14 5v9l-14 6l-14 -6v-9z`, '#dfe9d2') +
          shape(`M${x} ${y - 12}l14 5l-14 5l-14 -5z`, '#f4f8ec') +
          line(`M${x} ${y - 2}v10`, '#c5d3b3', 1.2),
      ) + leaf(50, 42, 16, -20),
    ),
  ),
  'duck-leg': picture(
    rust,
    plate(
      at(
        48,
        52,
        -25,
        1,
        shape(
          'M-30 4C-30 -14 -8 -20 8 -12C16 -8 22 -4 32 -4V5C22 6 16 10 8 14C-8 22 -30 20 -30 4z',
          '#a9602a',
        ),
        shape('M-24 2C-22 -8 -8 -12 4 -7C-4 -5 -16 -2 -20 8z', '#d89150'),
        box(28, -4, 14, 8, '#f3ead8', 4),
        circle(42, -4, 5, '#f3ead8'),
        circle(42, 4, 5, '#f3ead8'),
      ),
    ),
  ),
  'taro-dumpling': picture(
    soft,
    plate(
      many(
        [
          [30, 60, -6],
          [64, 60, 8],
          [47, 48, 0],
          [48, 68, 3],
        ],
        triangle,
      ),
    ),
  ),
}
