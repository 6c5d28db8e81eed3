import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { pictures } from '../pictures/pictures.ts'

const folder = join(import.meta.dirname, '../public/pictures')

test('the committed pictures are the drawn ones: node web/pictures/draw.ts', () => {
  expect(readdirSync(folder).sort()).toEqual(
    Object.keys(pictures)
      .map((key) => `${key}.svg`)
      .sort(),
  )
  for (const [key, svg] of Object.entries(pictures)) {
    expect(readFileSync(join(folder, `${key}.svg`), 'utf8'), key).toBe(svg)
    expect(Buffer.byteLength(svg), key).toBeLessThan(4500)
  }
})
