import type { Field } from 'payload'
import { wholeNumber } from './fields'

/** What the network decides for the drivers' app. */
export const appSettings: Field[] = [
  yesNo(
    'appSignIn',
    'Drivers may use the app',
    true,
    'People under Drivers sign in to the app with their e-mail; a first password is set by “Forgot Password”.',
  ),
  yesNo(
    'appSelfRegistration',
    'Drivers may register themselves',
    false,
    'In the app and on the page behind a charger’s QR code.',
  ),
  yesNo(
    'billingEnabled',
    'Drivers pay for charging',
    false,
    'An app charge needs money: it is set aside at the start and taken once the price is known. Drivers pay from their wallet, or by card where the server has Stripe’s keys (README).',
  ),
  {
    name: 'holdMinor',
    type: 'number',
    validate: wholeNumber,
    required: true,
    min: 100,
    max: 1_000_000,
    defaultValue: 2500,
    label: 'Set aside before a charge',
    admin: {
      step: 1,
      condition: (data) => Boolean(data?.billingEnabled),
      description:
        'In the smallest unit of the currency: 2500 is £25.00. A charge with a limit sets aside what the limit would cost and a tenth more. More follows by itself while a charge runs; what is not used is given back.',
    },
  },
  yesNo(
    'guestCharging',
    'Guests may charge without an account',
    false,
    'On the page behind a charger’s QR code: one charge, paid by card where the server has Stripe’s keys; else only while drivers do not pay.',
  ),
  { name: 'supportEmail', type: 'email', label: 'Support e-mail for drivers' },
  { name: 'supportPhone', type: 'text', label: 'Support phone for drivers' },
  address('termsUrl', 'Terms of use (address)'),
  address('privacyUrl', 'Privacy notice (address)'),
]

function yesNo(name: string, label: string, defaultValue: boolean, description: string): Field {
  return { name, type: 'checkbox', defaultValue, label, admin: { description } }
}

function address(name: string, label: string): Field {
  return {
    name,
    type: 'text',
    label,
    validate: (value: unknown) =>
      !value || (typeof value === 'string' && /^https:\/\/\S+$/.test(value))
        ? true
        : 'Give an address that begins with https://',
  }
}
