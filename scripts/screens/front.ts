import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Camera } from './camera.ts'

/** The picture at the top of the README: the shop on a desk, a driver's stop on a phone. */
export async function composeFront(camera: Camera, folder: string): Promise<void> {
  const [desktop, phone] = ['shop-guide-desktop', 'driver-stop-phone'].map(
    (name) => `data:image/jpeg;base64,${readFileSync(join(folder, `${name}.jpg`)).toString('base64')}`,
  )
  const html = `<!doctype html><style>
    body { margin: 0; width: 1440px; height: 760px; background: #e7efe6; position: relative }
    img { position: absolute; box-shadow: 0 10px 40px rgb(0 0 0 / .22) }
    .desk { left: 40px; top: 40px; width: 1080px; border-radius: 10px }
    .phone { right: 32px; bottom: 32px; width: 270px; border-radius: 26px; border: 8px solid #1d241f }
  </style><img class="desk" src="${desktop}"><img class="phone" src="${phone}">`
  await camera.compose('front', html, { width: 1440, height: 760 })
}
