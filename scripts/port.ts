import { connect, createServer } from 'node:net'
import { OperatorError } from '@huming/db/operator-error'

/** Makes sure that the product can listen there, before anything is started. */
export async function ensurePortFree(host: string, port: number): Promise<void> {
  const code = await tryListen(host, port)
  if (code === undefined) return
  throw new OperatorError(sentence(code, host, port))
}

function tryListen(host: string, port: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message))
    probe.listen(port, host, () => probe.close(() => resolve(undefined)))
  })
}

function sentence(code: string, host: string, port: number): string {
  if (code === 'EADDRINUSE')
    return `Port ${port} of ${host} is taken by another program; choose another with PORT.`
  if (code === 'EACCES') return `This user may not open port ${port}; choose one above 1023 with PORT.`
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
    return `${host} is not an address of this machine; choose another with HOST.`
  }
  return `Port ${port} of ${host} cannot be opened (${code}); choose another with PORT or HOST.`
}

/** Makes sure that somebody listens at REDIS_URL: the queue would try for ever. */
export async function ensureRedisAnswers(url: string): Promise<void> {
  const { hostname, port, host } = new URL(url)
  const code = await tryConnect(hostname, Number(port || 6379))
  if (code === undefined) return
  throw new OperatorError(`Nothing answers at ${host} (REDIS_URL): ${code}.`)
}

function tryConnect(host: string, port: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket = connect(port, host)
    socket.setTimeout(5_000, () => socket.destroy(Object.assign(new Error(), { code: 'ETIMEDOUT' })))
    socket.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message))
    socket.once('connect', () => socket.end(() => resolve(undefined)))
  })
}
