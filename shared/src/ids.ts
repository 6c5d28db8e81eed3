/** Random bytes are drawn in blocks: one system call serves many ids. */
const block = new Uint8Array(4096)
let used = block.length
let lastMs = 0
let counter = 0

/**
 * A UUIDv7 (RFC 9562): 48 bits of time in ms, a 12-bit counter that keeps ids of one process in order within a
 * millisecond, 62 random bits. Made by the caller, kept by it, and sent again on a repeat.
 */
export function newId(nowMs: number = Date.now()): string {
  if (nowMs > lastMs) {
    lastMs = nowMs
    counter = random(2) & 0x3ff
  } else if (++counter > 0xfff) {
    lastMs++
    counter = 0
  }
  const time = lastMs.toString(16).padStart(12, '0')
  const tail = take(8)
  // RFC 9562 variant: the two highest bits are 10.
  tail[0] = ((tail[0] as number) & 0x3f) | 0x80
  const rest = hex(tail)
  return `${time.slice(0, 8)}-${time.slice(8)}-7${counter.toString(16).padStart(3, '0')}-${rest.slice(0, 4)}-${rest.slice(4)}`
}

/** A number people can say and type, derived from an id: a letter for the kind and eight digits or letters. */
export const sayableNumber = (prefix: string, id: string): string => {
  const digits = id.replaceAll('-', '')
  const value =
    BigInt(`0x${digits.slice(2, 12)}${digits.slice(13, 16)}`) ^ (BigInt(`0x${digits.slice(24)}`) << 4n)
  return `${prefix}${sayableBase32(value).slice(-9).padStart(9, '0')}`
}

/** A number in 32 digits and letters, without the letters O and I that are read as 0 and 1. */
export const sayableBase32 = (value: number | bigint): string =>
  value.toString(32).toUpperCase().replaceAll('O', 'W').replaceAll('I', 'X')

function take(n: number): Uint8Array {
  if (used + n > block.length) {
    crypto.getRandomValues(block)
    used = 0
  }
  used += n
  return block.subarray(used - n, used)
}

const random = (n: 2): number => take(n).reduce((sum, byte) => sum * 256 + byte, 0)

const hexOfByte = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

/** Ids are made by the dozen for every order, so this is a plain loop over a table. */
function hex(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += hexOfByte[byte]
  return text
}
