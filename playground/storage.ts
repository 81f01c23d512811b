import type { Storage } from "@graphiql/toolkit";

/**
 * GraphiQL's memory, gone when the page closes. In localStorage it would leave tokens, PANs and portal passwords behind:
 * tabs keep their variables, and history keeps headers even when headers are not to be persisted.
 */
export function createForgetfulStorage(): Storage {
  const valueByKey = new Map<string, string>();
  return {
    getItem: (key) => valueByKey.get(key) ?? null,
    setItem: (key, value) => void valueByKey.set(key, value),
    removeItem: (key) => void valueByKey.delete(key),
    clear: () => {
      valueByKey.clear();
    },
    get length() {
      return valueByKey.size;
    },
  };
}
