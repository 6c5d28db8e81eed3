/** Draws every product picture into web/public/pictures: `node web/pictures/draw.ts`. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pictures } from './pictures.ts'

const folder = join(import.meta.dirname, '../public/pictures')
mkdirSync(folder, { recursive: true })
for (const [key, svg] of Object.entries(pictures)) writeFileSync(join(folder, `${key}.svg`), svg)
