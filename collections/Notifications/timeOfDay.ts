import type { TextFieldSingleValidation } from 'payload'
import { text } from 'payload/shared'

/** 00:00 to 23:59, on the clock of the place it is for. */
export const timeOfDay: TextFieldSingleValidation = (value, args) =>
  typeof value === 'string' && value !== '' && !/^([01]\d|2[0-3]):[0-5]\d$/.test(value)
    ? 'Give a time of day, e.g. 22:00.'
    : text(value, args)
