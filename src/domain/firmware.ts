/**
 * Firmware updates: how one charger fares (`firmware/attempt`), when a campaign sends, halts and ends
 * (`firmware/campaign`), and when an off-peak window is open (`firmware/window`). Pure.
 */
export * from './firmware/attempt'
export * from './firmware/campaign'
export * from './firmware/image'
export * from './firmware/words'
export * from './firmware/window'
