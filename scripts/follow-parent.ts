/**
 * Loaded first in each process that `start` starts: when `start` is gone, even by SIGKILL, the channel to it
 * closes, and the process ends as if asked to.
 */
const PATIENCE = 10_000

process.on('disconnect', () => {
  process.kill(process.pid, 'SIGTERM')
  setTimeout(() => process.exit(1), PATIENCE).unref()
})
// Waiting for the parent is no reason to stay.
process.channel?.unref()
