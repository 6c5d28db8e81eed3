/** Parts of the drawn product pictures: flat shapes on a 96×96 tile, drawn the same everywhere. */

export const circle = (x: number, y: number, r: number, fill: string): string =>
  `<circle cx="${x}" cy="${y}" r="${r}" fill="${fill}"/>`

export const oval = (x: number, y: number, rx: number, ry: number, fill: string, turn = 0): string =>
  `<ellipse cx="${x}" cy="${y}" rx="${rx}" ry="${ry}" fill="${fill}"${turn ? ` transform="rotate(${turn} ${x} ${y})"` : ''}/>`

export const shape = (d: string, fill: string, opacity = 1): string =>
  `<path d="${d}" fill="${fill}"${opacity < 1 ? ` opacity="${opacity}"` : ''}/>`

export const line = (d: string, colour: string, width = 2): string =>
  `<path d="${d}" fill="none" stroke="${colour}" stroke-width="${width}" stroke-linecap="round" stroke-linejoin="round"/>`

export const box = (x: number, y: number, width: number, height: number, fill: string, round = 3): string =>
  `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="${round}" fill="${fill}"/>`

export const at = (x: number, y: number, turn: number, size: number, ...inner: string[]): string =>
  `<g transform="translate(${x} ${y}) rotate(${turn}) scale(${size})">${inner.join('')}</g>`

/** A shadow on the table. */
export const ground = (x = 48, width = 32, y = 82): string =>
  `<ellipse cx="${x}" cy="${y}" rx="${width}" ry="4.5" fill="#000" opacity=".09"/>`

/** A leaf from its foot, `length` long, with its vein. */
export const leaf = (x: number, y: number, length: number, turn: number, fill = '#5f9a4a'): string => {
  const half = length * 0.3
  const d = `M0 0C${length * 0.3} ${-half} ${length * 0.7} ${-half} ${length} 0C${length * 0.7} ${half} ${length * 0.3} ${half} 0 0z`
  return at(x, y, turn, 1, shape(d, fill), line(`M2 0H${length - 4}`, '#ffffff66', 1.2))
}

/** The same thing at many places: `[x, y, turn?]`. */
export const many = (
  places: readonly (readonly number[])[],
  draw: (x: number, y: number, turn: number) => string,
) => places.map(([x = 0, y = 0, turn = 0]) => draw(x, y, turn)).join('')

/** A heap: rows of places from the bottom up, each shorter by one. */
export const heap = (count: number, x: number, y: number, dx: number, dy: number): number[][] =>
  Array.from({ length: count }, (_, row) =>
    Array.from({ length: count - row }, (__, i) => [
      x + (i - (count - row - 1) / 2) * dx,
      y - row * dy,
      ((row * 37 + i * 53) % 60) - 30,
    ]),
  ).flat()

/** A bowl in front, with what is in it between its back and front rim. */
export const bowl = (content: string, body = '#5b86a3', rim = '#e9f0f3'): string =>
  [
    ground(48, 30, 83),
    oval(48, 46, 37, 10, rim),
    content,
    shape('M11 46C11 52 27 57 48 57S85 52 85 46C85 66 70 82 48 82S11 66 11 46z', body),
    shape('M16 58C20 72 32 82 48 82C34 78 24 70 20 59z', '#000', 0.12),
    line('M22 62C28 66 38 68 48 68S68 66 74 62', '#ffffff88', 2),
  ].join('')

/** A plate seen from the front and above. */
export const plate = (content: string): string =>
  [
    ground(48, 40, 80),
    oval(48, 68, 42, 14, '#dfe6e6'),
    oval(48, 66, 40, 12.5, '#f8fafa'),
    oval(48, 67, 30, 8.5, '#e9eeee'),
    content,
  ].join('')

/** A bamboo steamer with its content on top. */
export const steamer = (content: string): string =>
  [
    ground(48, 38, 84),
    shape('M10 54V72C10 79 27 84 48 84S86 79 86 72V54z', '#c9974f'),
    line('M10 66C14 73 30 77 48 77S82 73 86 66', '#a87735', 2.5),
    oval(48, 54, 38, 14, '#dcb06a'),
    oval(48, 54, 34, 11.5, '#f3e3bd'),
    line('M18 50L78 58M18 58L78 50M30 45L66 63M66 45L30 63', '#e2cb98', 1.5),
    content,
  ].join('')

/** A glass jar with a lid and a paper label. */
export const jar = (content: string, lid: string, mark: string): string =>
  [
    ground(48, 24, 85),
    box(26, 30, 44, 54, content, 9),
    box(29, 33, 6, 46, '#ffffff55', 3),
    box(29, 16, 38, 13, lid, 4),
    line('M36 18V27M44 18V27M52 18V27M60 18V27', '#00000022', 2),
    box(30, 46, 36, 24, '#fbf6e9', 3),
    mark,
  ].join('')

/** A bottle with a cap and a label. */
export const bottle = (content: string, cap: string, mark: string): string =>
  [
    ground(48, 20, 86),
    shape('M41 20H55V32C55 38 64 40 64 50V80Q64 86 58 86H38Q32 86 32 80V50C32 40 41 38 41 32z', content),
    shape('M36 52C36 46 43 42 43 36L43 24L46 24V36C46 44 40 46 40 52V80H36z', '#fff', 0.25),
    box(39, 10, 18, 11, cap, 3),
    box(33, 54, 30, 22, '#fbf6e9', 2),
    mark,
  ].join('')

/** A cup of tea with its leaves beside it. */
export const tea = (liquor: string, leaves: string): string =>
  [
    ground(46, 34, 82),
    oval(46, 72, 36, 9, '#e6ebe8'),
    shape('M18 38H74C74 58 64 72 46 72S18 58 18 38z', '#fbfcfb'),
    shape('M24 52C28 64 36 72 46 72C36 68 30 60 28 50z', '#000', 0.06),
    oval(46, 38, 28, 9, '#eef2f0'),
    oval(46, 39, 24, 7, liquor),
    oval(38, 38, 6, 1.8, '#ffffff66'),
    line('M38 24C34 20 42 17 38 12M52 24C48 20 56 17 52 12', '#ffffffcc', 2.5),
    many(
      [
        [68, 78, -20],
        [78, 76, 30],
        [82, 80, -50],
        [73, 83, 10],
        [62, 82, 60],
      ],
      (x, y, turn) => oval(x, y, 7, 2.4, leaves, turn),
    ),
  ].join('')

/** The whole picture: a quiet tile behind the thing. */
export const picture = (tile: string, ...content: string[]): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 96 96"><rect width="96" height="96" fill="${tile}"/>${content.join('')}</svg>\n`

/** A dried strip of meat or root. */
export const strip = (x: number, y: number, turn: number, fill: string, shade: string) =>
  at(
    x,
    y,
    turn,
    1,
    shape('M-26 -5C-12 -9 10 -3 26 -6C30 -2 29 4 26 6C10 8 -10 3 -25 7C-29 4 -29 -2 -26 -5z', fill),
    line('M-20 0C-8 -3 8 2 20 -1', shade, 1.8),
  )
