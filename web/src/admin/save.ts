import { useMutation } from "@tanstack/react-query";
import { Refused } from "../api/errors";
import { answers } from "../api/queries";
import { session, useSession } from "../api/session";

/**
 * A write of an admin. It goes to the server at once, and not into the line of the
 * phone: whoever lets somebody in wants to know that they are in. `touches` are the
 * first parts of the query keys that are loaded anew. Writes with the same `turn` go
 * one after the other.
 */
export function useSave<V, A>(write: (values: V) => Promise<A>, touches: readonly string[], turn?: string) {
  const { mutate, error, isPending, reset } = useMutation({
    mutationFn: (values: V) => afterPin(() => write(values)),
    ...(turn !== undefined && { scope: { id: turn } }),
    onSuccess: () => {
      for (const part of [...touches, "audit"]) void answers.invalidateQueries({ queryKey: [part] });
    },
  });
  const fields = error instanceof Refused ? error.fields : {};
  return {
    save: (values: V, done: (answer: A) => void, failed: (error: unknown) => void = () => {}) =>
      mutate(values, { onSuccess: done, onError: failed }),
    busy: isPending,
    /** What is wrong, by field. */
    fields,
    /** What is wrong and no field's fault. */
    failure: Object.keys(fields).length > 0 ? null : error,
    forget: reset,
  };
}

export type Saving = Pick<ReturnType<typeof useSave>, "busy" | "failure">;

/** Where the server wants the PIN first, the write goes on when it was given. */
async function afterPin<A>(write: () => Promise<A>): Promise<A> {
  try {
    return await write();
  } catch (error) {
    if (!(error instanceof Refused) || error.status !== 401 || session().standing !== "expired") throw error;
    if (!(await pinGiven())) throw error;
    return await write();
  }
}

/** False: somebody else wants to log in. */
function pinGiven(): Promise<boolean> {
  return new Promise((given) => {
    const stop = useSession.subscribe(({ standing }) => {
      if (standing === "expired") return;
      stop();
      given(standing === "in");
    });
  });
}
