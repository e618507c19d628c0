import './signIn.css'

import { redirect } from 'next/navigation'
import type { AdminViewServerProps } from 'payload'
import { getSafeRedirect } from 'payload/shared'

import { isLinkGood } from '@/panel/signIn'

import { GoTo } from '../ui/GoTo'
import { ForgotForm } from './ForgotForm'
import { SignInFrame } from './Frame'
import { ResetForm } from './ResetForm'
import { SignInForm } from './SignInForm'

/** `/admin/login` */
export function SignIn({ initPageResult, searchParams }: AdminViewServerProps) {
  const next = getSafeRedirect({
    fallbackTo: '/admin',
    redirectTo: searchParams?.['redirect'] as string,
  })
  if (initPageResult.req.user) redirect(next)
  const isSet = searchParams?.['set'] === 'password'
  return (
    <SignInFrame>
      <SignInForm next={next} notice={isSet ? 'Your password is set. Log in with it.' : null} />
      <p className="cpms-muted cpms-sign-in-new">
        New here? Ask your network admin or installer to create your account.
      </p>
    </SignInFrame>
  )
}

/** `/admin/forgot` */
export function Forgot() {
  return (
    <SignInFrame>
      <ForgotForm />
    </SignInFrame>
  )
}

/** `/admin/reset/<token>`: in a frame of its own, Payload knows it as a page like any other. */
export async function Reset({ initPageResult, params }: AdminViewServerProps) {
  const { segments } = (params ?? {}) as { segments?: string[] }
  const token = segments?.[1] ?? ''
  const isGood = await isLinkGood(initPageResult.req.payload, token)
  return <SignInFrame isWhole>{isGood ? <ResetForm token={token} /> : <LinkOver />}</SignInFrame>
}

function LinkOver() {
  return (
    <>
      <h1>This link is over</h1>
      <p>
        It was used before, or its time is up. A new one comes by e-mail; it works once, for half an
        hour.
      </p>
      <div className="cpms-sign-in-buttons">
        <GoTo className="cpms-button" data-kind="primary" to="/admin/forgot">
          Forgot Password
        </GoTo>
        <GoTo to="/admin/login">Back to login</GoTo>
      </div>
    </>
  )
}
