type EmptyWords = {
  title: string
  text: string
  /** Leads to a new one, for whoever may make one, or to `to`. */
  button?: string
  to?: string
  /** Beginnings to choose from, instead of an empty form. */
  offers?: readonly { label: string; to: string }[]
}

export const emptyWords: Readonly<Record<string, EmptyWords>> = {
  sites: {
    title: 'No sites yet',
    text: 'A site is a place with chargers: its address, its opening hours, what charging costs there. Chargers are added to it.',
    button: 'Add a site',
  },
  regions: {
    title: 'No regions yet',
    text: 'A region holds several sites. An operator who is given the region is given all of them, also those added later.',
    button: 'Add a region',
  },
  organisations: {
    title: 'No organisations yet',
    text: 'The companies that run the chargers or own the sites. Statements and reports are addressed to them.',
    button: 'Add an organisation',
  },
  'price-groups': {
    title: 'No price groups yet',
    text: 'People who pay something else than everybody: choose one to begin with, then put drivers, fleets or single cards into it.',
    offers: [
      { label: 'Staff', to: '/admin/collections/price-groups/create?name=Staff&pricing=discount' },
      { label: 'VIP', to: '/admin/collections/price-groups/create?name=VIP&pricing=discount' },
      {
        label: 'Tenants',
        to: '/admin/collections/price-groups/create?name=Tenants&pricing=tariff',
      },
      { label: 'Free', to: '/admin/collections/price-groups/create?name=Free&pricing=free' },
    ],
  },
  firmware: {
    title: 'No images yet',
    text: 'An image is the firmware file from the maker of the chargers. Upload it once; then choose the chargers it is for, and when.',
  },
  'firmware-updates': {
    title: 'No updates yet',
    text: 'Choose chargers, an image and a time. How far each charger is stands here until it is done.',
    button: 'New firmware update',
    to: '/admin/firmware-update',
  },
  sessions: {
    title: 'No sessions yet',
    text: 'A session appears here the moment somebody begins to charge.',
  },
  reservations: {
    title: 'No reservations',
    text: 'To keep a connector free for somebody, open the charger, then Actions, then Reserve.',
    button: 'Open the chargers',
    to: '/admin/collections/chargers',
  },
  'charging-profiles': {
    title: 'No charging profiles yet',
    text: 'A profile limits the power of a charger or a connector. Make one on the charger’s page, tab Charging profiles.',
    button: 'Open the chargers',
    to: '/admin/collections/chargers',
  },
  drivers: {
    title: 'No drivers yet',
    text: 'Drivers are the people who charge. Add one here, or together with a card under RFID Management.',
    button: 'Add a driver',
  },
  'rfid-cards': {
    title: 'No cards yet',
    text: 'Add a card by its number (UID) for an existing or a new user. Many at once come from a file.',
  },
  fleets: {
    title: 'No fleets yet',
    text: 'A fleet holds drivers, cards and vehicles. They are let into private chargers together, and what they use is added up.',
    button: 'Add a fleet',
  },
  vehicles: {
    title: 'No vehicles yet',
    text: 'A card can belong to a vehicle, whoever drives it. Its sessions are then found by its number plate.',
    button: 'Add a vehicle',
  },
  tickets: {
    title: 'No tickets',
    text: 'Questions and problems that people ask for help with appear here. Anybody submits one from the ? menu of any page.',
    button: 'Submit ticket',
  },
  faqs: {
    title: 'No questions yet',
    text: 'Questions and answers that drivers read in the app.',
    button: 'Add a question',
  },
  commands: {
    title: 'No commands yet',
    text: 'Everything that is asked of a charger appears here: by whom, when, and what came of it.',
  },
  diagnostics: {
    title: 'No diagnostics files yet',
    text: 'Ask a charger for its log on its page, tab Remote commands. What it uploads appears here.',
    button: 'Open the chargers',
    to: '/admin/collections/chargers',
  },
  'configuration-templates': {
    title: 'No templates yet',
    text: 'A template says how chargers of a make and model should be set. A charger’s Configuration tab shows where it differs.',
    button: 'Add a template',
  },
  webhooks: {
    title: 'No webhooks yet',
    text: 'A webhook tells another system of alerts and sessions as they happen, signed so that it can be checked.',
    button: 'Add a webhook',
  },
  'exempt-periods': {
    title: 'No exempt periods',
    text: 'Times that the reliability report leaves out, each with its reason.',
    button: 'Add an exempt period',
  },
}
