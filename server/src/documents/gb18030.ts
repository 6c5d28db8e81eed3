let codes: Map<string, Buffer> | null = null

/** Every character of the Basic Multilingual Plane with its bytes, learned from the decoder of the runtime. */
function codesOf(): Map<string, Buffer> {
  if (codes) return codes
  const decoder = new TextDecoder('gb18030')
  const found = new Map<string, Buffer>()
  const learn = (bytes: Buffer) => {
    const char = decoder.decode(bytes)
    if ([...char].length === 1 && char !== '\uFFFD' && !found.has(char)) found.set(char, bytes)
  }
  for (let lead = 0x81; lead <= 0xfe; lead += 1)
    for (let trail = 0x40; trail <= 0xfe; trail += 1) if (trail !== 0x7f) learn(Buffer.from([lead, trail]))
  for (let a = 0x81; a <= 0x84; a += 1)
    for (let b = 0x30; b <= 0x39; b += 1)
      for (let c = 0x81; c <= 0xfe; c += 1)
        for (let d = 0x30; d <= 0x39; d += 1) learn(Buffer.from([a, b, c, d]))
  codes = found
  return found
}

/** Text in GB 18030, as banks read it; what it cannot say (emoji) becomes `?`. */
export function gb18030(text: string): Buffer {
  const known = codesOf()
  const unknown = Buffer.from('?')
  return Buffer.concat(
    [...text].map((char) => (char <= '\x7f' ? Buffer.from(char) : (known.get(char) ?? unknown))),
  )
}
