/** Answers with this code (hooks/users/stepUp) stand until a second factor was shown. */
const wanted = 'step-up-required'

/**
 * `watchForStepUp`: every request of the page goes through here, Payload's own forms included, which offer no place for
 * it: one that is refused for want of the second factor waits until `ask` says that it was shown, and is sent again as it
 * was. `false`: its answer is the refusal, and nothing has changed. Requests at the same moment wait for one question.
 * The return value puts the browser's own `fetch` back.
 */
export function watchForStepUp(ask: (why: string) => Promise<boolean>): () => void {
  const plain = window.fetch
  let question: Promise<boolean> | null = null
  window.fetch = async (input, init) => {
    const again = input instanceof Request ? input.clone() : input
    const response = await plain(input, init)
    const why = response.status === 403 ? await reasonIn(response) : null
    if (why === null) return response
    question ??= ask(why).finally(() => {
      question = null
    })
    return (await question) ? plain(again, init) : unchanged()
  }
  return () => {
    window.fetch = plain
  }
}

async function reasonIn(response: Response): Promise<string | null> {
  const body: unknown = await response
    .clone()
    .json()
    .catch(() => null)
  const { code, errors } = (body ?? {}) as { code?: unknown; errors?: { message?: unknown }[] }
  if (code !== wanted) return null
  const message = errors?.[0]?.message
  return typeof message === 'string' ? message : 'Enter the code of your authenticator app.'
}

function unchanged(): Response {
  const detail = 'Nothing was changed: the code of your authenticator app is needed for this.'
  return Response.json({ code: wanted, detail, errors: [{ message: detail }] }, { status: 403 })
}
