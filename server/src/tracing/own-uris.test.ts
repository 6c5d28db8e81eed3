import { afterEach, expect, test, vi } from 'vitest'

afterEach(() => {
  vi.unstubAllEnvs()
  vi.resetModules()
})

const urisIn = async (space: string) => {
  vi.stubEnv('ID_SPACE', space)
  vi.resetModules()
  return import('./own-uris.ts')
}

test('our names live in the space that is set, and are read back from it only', async () => {
  const { lotUri, lotOfUri, hubUri } = await urisIn('https://trace.example.cn/')
  expect(hubUri('1')).toBe('https://trace.example.cn/hub/1')
  const uri = lotUri('菜 1/2', null)
  expect(uri).toBe('https://trace.example.cn/b/%E8%8F%9C%201%2F2')
  expect(lotOfUri(uri)).toEqual({ code: '菜 1/2', gtin: null })
  expect(lotOfUri('https://id.huming.example/b/X')).toBeNull()
})

test('a lot of a pack with a GTIN is a GS1 Digital Link in every space', async () => {
  const { lotUri, lotOfUri } = await urisIn('')
  const uri = lotUri('LOT-1', '6901234567892')
  expect(uri).toBe('https://id.gs1.org/01/06901234567892/10/LOT-1')
  expect(lotOfUri('https://trace.example.cn/01/06901234567892/10/LOT-1?17=270101')).toEqual({
    code: 'LOT-1',
    gtin: '06901234567892',
  })
  // Longer than AI 10 allows: a name of our own.
  expect(lotUri('L'.repeat(21), '6901234567892')).toBe(`https://id.huming.example/b/${'L'.repeat(21)}`)
})
