/** A failure that the person at the console can put right. The message is one plain sentence to show as it is. */
export class OperatorError extends Error {
  override name = 'OperatorError'
}
