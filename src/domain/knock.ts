/**
 * Why a charger was not let in, in words an installer can act on. The causes are those of the handshake
 * (`ocpp/handshake.ts`); the charger itself is told less than this.
 */
export type KnockWords = {
  title: string
  /** What is wrong. */
  sentence: string
  /** What to do, the likeliest first. */
  steps: readonly string[]
  /** What one click can do about it here. */
  remedy: 'register' | 'new-password' | 'assume-ocpp16' | null
}

export type Knock = {
  cause: string
  /** A charger with this identity is registered now. */
  isRegistered: boolean
}

const typed =
  'Type the address, the identity and the password again, exactly as shown here; mind O and 0, l and 1.'

export function sayKnock({ cause, isRegistered }: Knock): KnockWords {
  switch (cause) {
    case 'unknown-charger':
      return isRegistered
        ? {
            title: 'Not registered then',
            sentence: 'It knocked before it was registered. It will be let in at its next try.',
            steps: ['Wait a minute, or restart the charger.'],
            remedy: null,
          }
        : {
            title: 'Not registered',
            sentence: 'No charger with this identity is registered here.',
            steps: [
              'Is it yours? Register it with one click; then enter its password in the charger.',
              'Was the identity mistyped? Correct it in the charger’s set-up page.',
            ],
            remedy: 'register',
          }
    case 'wrong-password':
      return {
        title: 'Wrong password',
        sentence: 'The identity is known, the password is not the one it was given.',
        steps: [typed, 'The password is lost? Make a new one and enter it in the charger.'],
        remedy: 'new-password',
      }
    case 'no-password':
      return {
        title: 'No password',
        sentence: 'It sent no password at all.',
        steps: [
          'In the charger’s set-up page switch on basic authentication (security profile 1 or 2) and enter the password.',
          'Some chargers call it “authorization key” or want it in the address.',
        ],
        remedy: 'new-password',
      }
    case 'wrong-username':
      return {
        title: 'Wrong user name',
        sentence: 'It signs in under a name that is not the identity in its address.',
        steps: ['Set the user name to the identity, or leave it empty.'],
        remedy: null,
      }
    case 'insecure':
      return {
        title: 'Not encrypted',
        sentence: 'This charger has to connect over TLS (wss://), and it called without.',
        steps: [
          'Enter the address with wss:// in the charger’s set-up page, and its security profile 2 or 3.',
          'It cannot do TLS? A Super Admin can ask less of it, under Settings → Security profile.',
        ],
        remedy: null,
      }
    case 'no-certificate':
      return {
        title: 'No certificate',
        sentence:
          'This charger has to show a certificate of its own, with its identity as the common name.',
        steps: [
          'Install its certificate, or let it connect with profile 2 until it has one.',
          'It has one? Then it was signed by an authority that is not in OCPP_TLS_CA, or for another name.',
        ],
        remedy: null,
      }
    case 'subprotocol':
      return {
        title: 'Wrong OCPP version',
        sentence: 'It does not offer OCPP 1.6 over WebSocket (“ocpp1.6”).',
        steps: [
          'Set the OCPP version to 1.6-J (JSON) in the charger’s set-up page.',
          'It speaks 1.6 and just does not say so? Tick “Speaks OCPP 1.6 without saying so” in its settings.',
        ],
        remedy: isRegistered ? 'assume-ocpp16' : null,
      }
    case 'bad-path':
      return {
        title: 'Wrong address',
        sentence: 'The address it calls does not end with its identity.',
        steps: [
          typed,
          'Some chargers add the identity themselves: then enter the address without it.',
        ],
        remedy: null,
      }
    case 'bad-request':
      return {
        title: 'Not an OCPP call',
        sentence:
          'What arrived was no WebSocket call: a browser, a scanner, or a proxy in between.',
        steps: ['If a charger stands behind it, set it to OCPP 1.6-J (WebSocket), not SOAP.'],
        remedy: null,
      }
    case 'too-many-failures':
      return {
        title: 'Locked out for a minute',
        sentence: 'It failed to sign in so often that it has to wait.',
        steps: ['Correct the password, then wait a minute.'],
        remedy: 'new-password',
      }
    case 'too-many-connections':
      return {
        title: 'Too many at once',
        sentence: 'Its address opened more connections than are taken at a time.',
        steps: ['Nothing to do: chargers try again. If it stays, raise OCPP_CONNECTIONS_PER_10S.'],
        remedy: null,
      }
    case 'disabled':
      return {
        title: 'Switched off here',
        sentence: 'This charger is registered but not accepted.',
        steps: ['Accept it in its settings.'],
        remedy: null,
      }
    case 'not-ready':
      return {
        title: 'We were not ready',
        sentence: 'The system was starting, stopping or without its database.',
        steps: ['Nothing to do: chargers try again by themselves.'],
        remedy: null,
      }
    default:
      return {
        title: 'Not let in',
        sentence: `It was refused (${cause}).`,
        steps: ['Look at the technical detail below.'],
        remedy: null,
      }
  }
}
