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
  const tail = hex(8)
  const variant = ((Number.parseInt(tail.slice(0, 1), 16) & 0x3) | 0x8).toString(16)
  return `${time.slice(0, 8)}-${time.slice(8)}-7${counter.toString(16).padStart(3, '0')}-${variant}${tail.slice(1, 4)}-${tail.slice(4)}`
}

/** A number people can say and type, derived from an id: a letter for the kind and eight digits or letters. */
export const sayableNumber = (prefix: string, id: string): string => {
  const digits = id.replaceAll('-', '')
  const value = BigInt(`0x${digits.slice(2, 12)}${digits.slice(13, 16)}`) ^ (BigInt(`0x${digits.slice(24)}`) << 4n)
  return `${prefix}${value.toString(32).toUpperCase().replaceAll('O', 'W').replaceAll('I', 'X').slice(-9).padStart(9, '0')}`
}

function take(n: number): Uint8Array {
  if (used + n > block.length) {
    crypto.getRandomValues(block)
    used = 0
  }
  used += n
  return block.subarray(used - n, used)
}

const random = (n: 2): number => take(n).reduce((sum, byte) => sum * 256 + byte, 0)
const hex = (n: number): string => Array.from(take(n), (byte) => byte.toString(16).padStart(2, '0')).join('')
