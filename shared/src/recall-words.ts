/** Why food is recalled. Only a fault of the label may be remedied instead of destroyed (上海市食品安全条例 Art. 30). */
export const recallCauses = [
  'contamination',
  'foreign_body',
  'spoilage',
  'allergen',
  'papers',
  'label',
  'other',
] as const
export type RecallCause = (typeof recallCauses)[number]

export const recallStatuses = [
  'draft',
  'stop_sale',
  'scope_computed',
  'notified',
  'retrieving',
  'disposed',
  'reported',
  'closed',
  'withdrawn',
] as const
export type RecallStatus = (typeof recallStatuses)[number]

/** `start` of the recall, its `finish`, and the `incident` report to the regulator. */
export const recallClocks = ['start', 'finish', 'incident'] as const

/** Where the warehouse fetches recalled goods from. */
export const recallTaskKinds = ['shelf', 'tote', 'truck', 'buyer'] as const

/** How goods were destroyed (上海市食品安全条例 Art. 29: 染色、毁形 and the like, so that nobody can eat them). */
export const disposalMethods = ['dye', 'deform', 'render', 'burn'] as const
