/** Reckons each thing when it is first asked for, and only then. */
export function remembered<Key, Value>(reckon: (key: Key) => Value): (key: Key) => Value {
  const valueByKey = new Map<Key, { readonly value: Value }>();
  return (key) => {
    const known = valueByKey.get(key) ?? { value: reckon(key) };
    valueByKey.set(key, known);
    return known.value;
  };
}

/** The same, of a thing that there is only one of. */
export function once<Value>(reckon: () => Value): () => Value {
  const value = remembered(reckon);
  return () => value(undefined);
}
