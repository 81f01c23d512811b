import { createContext, useContext } from "react";

/** Asks this service for what is no GraphQL: a list that is sent up, a file that is handed out. */
export type AskServer = (path: string, request?: RequestInit) => Promise<Response>;

export const ServerContext = createContext<AskServer | undefined>(undefined);

export function useServer(): AskServer {
  const ask = useContext(ServerContext);
  if (!ask) throw new Error("There is no server around this part.");
  return ask;
}

/** The same token as for the graph. It goes to this origin alone, even where the path is an address. */
export function serverWith(token: string | null): AskServer {
  return (path, request = {}) => {
    const { origin, pathname, search } = new URL(path, location.origin);
    if (origin !== location.origin) throw new Error("This address is not of this service.");
    const headers = new Headers(request.headers);
    if (token !== null) headers.set("authorization", `Bearer ${token}`);
    return fetch(pathname + search, { ...request, headers });
  };
}
