/**
 * Public problem codes and their HTTP status (RFC 9457 `code` member). Each has a sentence in both languages
 * under `problem.<code>` that says what to do.
 */
export const problems = {
  // any door
  bad_input: 422,
  bad_json: 400,
  body_too_large: 413,
  unsupported_media: 415,
  unauthenticated: 401,
  session_expired: 401,
  forbidden: 403,
  cross_site: 403,
  not_found: 404,
  route_not_found: 404,
  id_reused: 409,
  stale_version: 409,
  wrong_state: 409,
  too_many_requests: 429,
  internal: 500,
  unavailable: 503,
  // accounts
  wrong_credentials: 401,
  account_disabled: 403,
  phone_taken: 409,
  organisation_suspended: 403,
  // catalogue
  sku_code_taken: 409,
  bad_units: 422,
  unknown_category: 422,
  // stock
  lot_code_taken: 409,
  lot_not_enough: 409,
  lot_promised: 409,
  lot_wrong_stage: 409,
  certificate_missing: 422,
  lot_days_wrong: 422,
  // orders
  order_empty: 422,
  day_closed: 409,
  day_not_served: 409,
  day_out_of_range: 409,
  cut_off_passed: 409,
  below_minimum: 409,
  off_step: 422,
  price_missing: 409,
  total_changed: 409,
  not_available: 409,
  credit_exceeded: 409,
  needs_second_person: 409,
  window_not_offered: 422,
  // supply, receiving
  lot_already_shipped: 409,
  receipt_mismatch: 422,
  over_call_off: 422,
  reason_missing: 422,
  consignment_empty: 409,
  set_point_wrong: 422,
  times_wrong: 422,
  licence_expired: 409,
  licence_missing: 409,
  licence_out_of_scope: 409,
  edible_basis_missing: 409,
  certificate_expired: 409,
  certificate_short: 409,
  too_warm: 422,
  lot_expired: 422,
  lines_open: 409,
  // stock
  bin_short: 409,
  bin_closed: 409,
  bin_move_forbidden: 409,
  // picking
  wave_empty: 409,
  nothing_packed: 409,
  wrong_lot: 409,
  over_pick: 422,
  weight_out_of_tolerance: 422,
  later_lot_first: 409,
  wrong_tote: 409,
  under_pick: 422,
  tote_unfinished: 409,
  tote_mixes_handling: 409,
  tote_mixes_allergen: 409,
  tote_mixes_lots: 409,
  tote_other_zone: 409,
  tote_held: 409,
  tote_unchecked: 409,
  tote_stopped_lot: 409,
  count_incomplete: 422,
  // routes, delivery
  no_vehicles: 409,
  pre_cool_missing: 422,
  delivery_mismatch: 422,
  over_capacity: 409,
  zone_not_carried: 409,
  driver_missing: 409,
  driver_busy: 409,
  orders_not_picked: 409,
  tote_not_on_run: 409,
  totes_not_loaded: 409,
  temperature_missing: 422,
  stops_open: 409,
  proof_missing: 422,
  // recall
  goods_recalled: 409,
  tote_recalled: 409,
  recall_tasks_open: 409,
  recall_quantities_wrong: 422,
  // production
  recipe_cycle: 422,
  recipe_not_in_force: 409,
  allergens_missing: 422,
  preservative_in_prepared_dish: 422,
  repack_other_goods: 422,
  lot_in_production: 409,
  not_in_recipe: 422,
  genealogy_cycle: 409,
  input_expired: 422,
  input_short: 409,
  over_put_back: 422,
  limit_not_kept: 422,
  inputs_missing: 409,
  inputs_taken: 409,
  steps_open: 409,
  yield_out_of_tolerance: 422,
  mixture_off_recipe: 422,
  label_incomplete: 409,
  inspection_empty: 422,
  basis_missing: 422,
  store_missing: 409,
} as const satisfies Record<string, number>

export type ProblemCode = keyof typeof problems

/** The body of every refusal, `application/problem+json`. */
export type Problem = {
  type: string
  title: string
  status: number
  code: ProblemCode
  detail: string
  /** JSON pointers of the parts at fault. */
  pointers?: { pointer: string; reason: string }[]
  [member: string]: unknown
}
