import { chargePage } from '@/api/page'

/** What a charger's QR code opens: `/charge/<code>`; also `/charge` and the links of mails, `/charge/account?…`. */
export const GET = chargePage
