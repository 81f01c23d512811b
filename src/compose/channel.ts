import { Fault } from "../kernel";

/** By kind of question: what is asked, and what is answered. */
type Protocol<Kinds> = { readonly [Kind in keyof Kinds]: { readonly question: unknown; readonly answer: unknown } };

type Answers<Asked extends Protocol<Asked>> = {
  readonly [Kind in keyof Asked]: (
    question: Asked[Kind]["question"],
  ) => Asked[Kind]["answer"] | Promise<Asked[Kind]["answer"]>;
};

/** The process at the other end of Node's own channel between a parent and its child. */
interface Peer {
  send?(message: Message, callback: (error: Error | null) => void): unknown;
  on(event: "message", listener: (message: unknown) => void): unknown;
  on(event: "disconnect", listener: () => void): unknown;
}

type Message =
  | { readonly aaygraph: "QUESTION"; readonly id: number; readonly kind: string; readonly question: unknown }
  | { readonly aaygraph: "ANSWER"; readonly id: number; readonly answer: unknown }
  | { readonly aaygraph: "FAILURE"; readonly id: number };

export interface Channel<Asked extends Protocol<Asked>> {
  /** Fails when the other side fails, ends, or does not answer in time. */
  ask<Kind extends keyof Asked & string>(
    kind: Kind,
    question: Asked[Kind]["question"],
    limitMs?: number,
  ): Promise<Asked[Kind]["answer"]>;
}

/** Questions and answers between the primary process and one worker. Other messages on the same wire are left alone. */
export function openChannel<Asked extends Protocol<Asked>, Answered extends Protocol<Answered>>(
  peer: Peer,
  answers: Answers<Answered>,
): Channel<Asked> {
  const pending = new Map<number, PromiseWithResolvers<never>>();
  let lastId = 0;

  function fail(id: number): void {
    pending.get(id)?.reject(new Fault("INTERNAL", { note: "another process of this service does not answer" }));
    pending.delete(id);
  }

  function send(message: Message): void {
    peer.send?.(message, (error) => {
      if (error) fail(message.id);
    });
  }

  async function answer({ id, kind, question }: Extract<Message, { aaygraph: "QUESTION" }>): Promise<void> {
    try {
      send({ aaygraph: "ANSWER", id, answer: await answers[kind as keyof Answered](question) });
    } catch {
      send({ aaygraph: "FAILURE", id });
    }
  }

  peer.on("message", (received) => {
    const message = received as Message;
    if (message.aaygraph === "QUESTION") void answer(message);
    else if (message.aaygraph === "FAILURE") fail(message.id);
    else if ((message.aaygraph as string | undefined) === "ANSWER") {
      pending.get(message.id)?.resolve(message.answer as never);
      pending.delete(message.id);
    }
  });
  peer.on("disconnect", () => {
    for (const id of [...pending.keys()]) fail(id);
  });

  return {
    async ask(kind, question, limitMs) {
      const id = (lastId += 1);
      const asked = Promise.withResolvers<never>();
      pending.set(id, asked);
      send({ aaygraph: "QUESTION", id, kind, question });
      const timer = limitMs === undefined ? undefined : setTimeout(fail, limitMs, id);
      try {
        return await asked.promise;
      } finally {
        clearTimeout(timer);
      }
    },
  };
}
