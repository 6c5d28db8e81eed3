import { connect, type Socket } from 'node:net'

/** The part of postgres.js's options that its maker of sockets is given. */
interface Where {
  host: string[]
  port: number[]
  path: string | false
  /** Seconds; null for the connection that listens for notifications, which may be silent for long. */
  idle_timeout: number | null
}

/**
 * Makes sockets that give up on a silent server. A server that froze or a machine that lost its power ends no
 * connection: without this its statements would wait a quarter of an hour for TCP to notice. An idle connection
 * is closed sooner than that by the pool, and the server ends every statement in time, so silence means trouble.
 */
export function watchedSocket(silence: number) {
  return ({ host, port, path, idle_timeout }: Where): Socket => {
    const socket = path ? connect(path) : connect(port[0] ?? 5432, host[0])
    if (idle_timeout !== null) {
      socket.setTimeout(silence, () => {
        const problem = new Error(`the database has been silent for ${silence / 1000} s`)
        socket.destroy(Object.assign(problem, { code: 'DATABASE_SILENT' }))
      })
    }
    // postgres.js reads it to name the server to TLS.
    return Object.assign(socket, { host: host[0] })
  }
}
