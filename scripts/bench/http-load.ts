import { connect, type Socket } from 'node:net'

export type Request = {
  readonly method: string
  readonly path: string
  readonly cookie: string
  readonly body: string
}
export type Response = { readonly status: number; readonly body: string }

/**
 * One keep-alive connection, one request at a time, hardly any work on our side: the server under test shares the
 * machine with us. Understands just what our server sends (Content-Length, no chunks).
 */
export class Connection {
  readonly #socket: Socket
  readonly #host: string
  #text = ''
  #waiting: { resolve(response: Response): void; reject(error: Error): void } | undefined

  constructor(port: number) {
    this.#host = `127.0.0.1:${port}`
    this.#socket = connect({ port, host: '127.0.0.1', noDelay: true })
    this.#socket.setEncoding('latin1')
    this.#socket.on('data', (chunk: string) => this.#receive(chunk))
    this.#socket.on('error', (error) => this.#waiting?.reject(error))
    this.#socket.on('close', () => this.#waiting?.reject(new Error('the server closed the connection')))
  }

  send({ method, path, cookie, body }: Request): Promise<Response> {
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject }
      this.#socket.write(
        `${method} ${path} HTTP/1.1\r\nHost: ${this.#host}\r\nCookie: ${cookie}\r\n` +
          `Content-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
      )
    })
  }

  close(): void {
    this.#socket.destroy()
  }

  #receive(chunk: string): void {
    this.#text += chunk
    const end = this.#text.indexOf('\r\n\r\n')
    if (end < 0) return
    const length = Number(/content-length: (\d+)/i.exec(this.#text)?.[1])
    if (this.#text.length < end + 4 + length) return
    const response = {
      status: Number(this.#text.slice(9, 12)),
      body: this.#text.slice(end + 4, end + 4 + length),
    }
    this.#text = this.#text.slice(end + 4 + length)
    const waiting = this.#waiting
    this.#waiting = undefined
    waiting?.resolve(response)
  }
}

export type Load = { readonly answers: number; readonly seconds: number; readonly latenciesMs: Float64Array }

/** So many connections asking one after another until `until` says enough. */
export async function runLoad(
  port: number,
  connections: number,
  next: () => Request | null,
  heard: (response: Response) => void,
): Promise<Load> {
  const latencies: number[] = []
  const started = performance.now()
  await Promise.all(
    Array.from({ length: connections }, async () => {
      const connection = new Connection(port)
      for (let request = next(); request; request = next()) {
        const sent = performance.now()
        const response = await connection.send(request)
        latencies.push(performance.now() - sent)
        heard(response)
      }
      connection.close()
    }),
  )
  const seconds = (performance.now() - started) / 1000
  return { answers: latencies.length, seconds, latenciesMs: Float64Array.from(latencies).sort() }
}

/** The value below which the part of sorted values lies. */
export const percentile = (sorted: Float64Array, part: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0
