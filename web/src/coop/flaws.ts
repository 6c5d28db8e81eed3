import { ApiProblem } from '../app/api.ts'
import { t, textOf } from '../app/i18n.ts'

/** What a refused write says about single fields, by JSON pointer. */
export function flawsOf(error: unknown): (pointer: string) => string | undefined {
  const pointers = error instanceof ApiProblem ? (error.problem.pointers ?? []) : []
  return (pointer) => {
    const flaw = pointers.find((one) => one.pointer === pointer || one.pointer.startsWith(`${pointer}/`))
    return flaw && textOf(`coop.flaw.${flaw.reason}`, t('coop.flaw.other'))
  }
}
