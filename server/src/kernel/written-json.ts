/**
 * A reply already written as JSON. For long lists asked for all the time, of which most parts were checked against
 * the contract and written once, long before the request. Whoever writes it vouches for the rest, member by named
 * member; a test reads such replies back by the contract.
 */
export class WrittenJson<Reply> {
  readonly text: string
  /** For the compiler only: the reply it is the text of. */
  declare readonly reply: Reply

  constructor(text: string) {
    this.text = text
  }
}
