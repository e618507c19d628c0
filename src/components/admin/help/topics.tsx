import type { ReactNode } from 'react'

/** The questions of the FAQ, answered in its words, for the notes beside the words and for the help menu. */
export type Topic = 'offline' | 'reset' | 'kwh' | 'stopped' | 'mode' | 'rfid'

type Answer = { about: string; question: string; answer: ReactNode }

export const topics: Readonly<Record<Topic, Answer>> = {
  offline: {
    about: 'Offline',
    question: 'What does “Charger Offline” mean?',
    answer: (
      <>
        <p>The charger is not connected to the system any more. This can happen due to:</p>
        <ul>
          <li>no internet connection (Wi-Fi or 4G issue),</li>
          <li>a power cut,</li>
          <li>network or router problems.</li>
        </ul>
        <p>
          Try checking the charger’s lights or screen, and restart it. If it stays offline, contact
          your support team. A charge under way may go on.
        </p>
      </>
    ),
  },
  reset: {
    about: 'Soft Reset and Hard Reset',
    question: 'Soft reset or hard reset?',
    answer: (
      <>
        <p>
          <strong>Soft Reset</strong> restarts the software, like refreshing an app. Use it for
          minor issues.
        </p>
        <p>
          <strong>Hard Reset</strong> cuts and restores power, like unplugging a device. Use it only
          if the charger is stuck or not responding: a charge that is running ends.
        </p>
      </>
    ),
  },
  kwh: {
    about: 'kWh',
    question: 'What is “kWh”?',
    answer: (
      <p>
        A kilowatt-hour measures how much electricity was used during a charging session. 10 kWh
        might give an EV 50–60 km of driving range, depending on the car.
      </p>
    ),
  },
  stopped: {
    about: '“why it stopped”',
    question: 'Why does charging suddenly stop?',
    answer: (
      <>
        <ul>
          <li>The EV is fully charged,</li>
          <li>the plug was removed,</li>
          <li>the power supply was interrupted, or</li>
          <li>the charger has a fault.</li>
        </ul>
        <p>
          The session’s page says which, with its evidence. Check the charger’s status, try starting
          again, or reset the charger.
        </p>
      </>
    ),
  },
  mode: {
    about: 'Public and Private Mode',
    question: 'Public or Private Mode?',
    answer: (
      <p>
        <strong>Public</strong>: visible on the app’s map and usable by anyone.{' '}
        <strong>Private Mode</strong>: hidden; only approved people, groups and cards can use it.
      </p>
    ),
  },
  rfid: {
    about: 'RFID',
    question: 'What is RFID, and why do I need it?',
    answer: (
      <p>
        RFID is a card or tag that starts and stops charging without a phone, handy where the mobile
        signal is poor. A lost card is refused from its next tap on: RFID Management, Lost.
      </p>
    ),
  },
}
