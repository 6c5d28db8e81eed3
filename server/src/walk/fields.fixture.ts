import type { z } from 'zod'

type Def = {
  type: string
  shape?: Record<string, z.ZodType>
  element?: z.ZodType
  innerType?: z.ZodType
  in?: z.ZodType
}
const defOf = (schema: z.ZodType): Def => schema.def

/** Every place of a shape, as paths; of lists the first element stands for all. */
export function fieldsOf(schema: z.ZodType, path: string[] = []): string[][] {
  const def = defOf(schema)
  const inner = def.innerType ?? def.in
  if (inner) return fieldsOf(inner, path)
  const here = path.length > 0 ? [path] : []
  if (def.shape)
    return [...here, ...Object.entries(def.shape).flatMap(([key, part]) => fieldsOf(part, [...path, key]))]
  if (def.element) return [...here, ...fieldsOf(def.element, [...path, '0'])]
  return here
}
