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

/** The same, of a thing that belongs to an object and is forgotten together with it. */
export function attached<Owner extends object, Value>(reckon: (owner: Owner) => Value): (owner: Owner) => Value {
  const valueByOwner = new WeakMap<Owner, { readonly value: Value }>();
  return (owner) => {
    const known = valueByOwner.get(owner) ?? { value: reckon(owner) };
    valueByOwner.set(owner, known);
    return known.value;
  };
}
