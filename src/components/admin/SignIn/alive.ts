import { useEffect, useSyncExternalStore, type RefObject } from 'react'

const never = () => () => {}

/** Whether the page has been taken over from the server's markup: before that a pressed button is only a reload. */
export function useAlive(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  )
}

/** What was typed or filled in by the browser before the page was alive is told once, as if it were typed now. */
export function useTypedBefore(
  input: RefObject<HTMLInputElement | null>,
  tell: (value: string) => void,
): void {
  useEffect(() => {
    const typed = input.current?.value
    if (typed) tell(typed)
    // once, when the page comes alive
  }, [])
}
