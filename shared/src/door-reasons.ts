/** Why goods were refused at the door (少货, 破损, 变质, 错货, 温度超标, 临期, 单据不全, 召回, 复秤差). */
export const refuseReasons = [
  'short',
  'damaged',
  'spoiled',
  'wrong_goods',
  'too_warm',
  'short_dated',
  'papers_missing',
  'recalled',
  'reweighed',
] as const
/** Why a stop could not be served at all. */
export const failReasons = ['closed', 'no_access', 'nobody', 'refused', 'breakdown'] as const
