/** Every sample person signs in with this; set by the seed, valid only on sample data (示例). */
export const samplePassword = 'huming-2026'
