// Loaded before anything written in TypeScript: an older Node could not even read the rest.
const major = Number(process.versions.node.split('.')[0])
if (major < 24) {
  console.error(
    `This product needs Node 24 or newer, but this is Node ${process.versions.node}; install a newer Node from https://nodejs.org and start again.`,
  )
  process.exit(1)
}
