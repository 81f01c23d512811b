interface Message {
  readonly provider: string;
  /** Masked. */
  readonly pan: string;
  readonly otp: string;
  readonly sentAt: string;
}

interface Screen {
  /** As phones do, it tells the time: that of the sandbox, which can jump. */
  readonly now: string;
  /** Newest first. */
  readonly messages: readonly Message[];
}

/** The sandbox's fake phone, as last looked at. */
export interface Phone {
  readonly look: () => Promise<Screen>;
  readonly messages: () => readonly Message[];
  /** Calls back after each look; what it returns ends that. */
  readonly subscribe: (listener: () => void) => () => void;
}

export function createPhone(): Phone {
  let messages: readonly Message[] = [];
  const listeners = new Set<() => void>();
  return {
    async look() {
      const response = await fetch("/playground/phone.json");
      const screen = (await response.json()) as Screen;
      messages = screen.messages;
      for (const listener of listeners) listener();
      return screen;
    },
    messages: () => messages,
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
