/** Small fast counter-based generator (sfc32): the same seed always gives the same plan. */
export class Random {
  private a = 0
  private b = 0
  private c = 0
  private counter = 1

  constructor(seed: number) {
    this.a = seed | 0
    this.b = Math.trunc(seed / 4294967296) | 0
    this.c = 0x9e3779b9 | 0
    for (let i = 0; i < 16; i++) this.bits()
  }

  /** 32 random bits as a signed integer. */
  bits(): number {
    const sum = (((this.a + this.b) | 0) + this.counter) | 0
    this.counter = (this.counter + 1) | 0
    this.a = this.b ^ (this.b >>> 9)
    this.b = (this.c + (this.c << 3)) | 0
    this.c = (this.c << 21) | (this.c >>> 11)
    this.c = (this.c + sum) | 0
    return sum
  }

  /** Uniform in [0, 1). */
  unit(): number {
    return (this.bits() >>> 0) / 4294967296
  }

  /** Uniform whole number in [0, limit). */
  below(limit: number): number {
    return Math.trunc(((this.bits() >>> 0) / 4294967296) * limit)
  }
}
