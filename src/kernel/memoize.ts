/** Computes the value of each key once, at its first use. It never forgets: the keys must be few. */
export function memoize<Key, Value>(compute: (key: Key) => Value): (key: Key) => Value {
  const valueByKey = new Map<Key, { readonly value: Value }>();
  return (key) => {
    const known = valueByKey.get(key) ?? { value: compute(key) };
    valueByKey.set(key, known);
    return known.value;
  };
}

/** Computes one value once, at its first use. */
export function lazy<Value>(compute: () => Value): () => Value {
  const value = memoize(compute);
  return () => value(undefined);
}

/** Memoizes by an object, and forgets the value together with it. */
export function memoizeWeak<Owner extends object, Value>(compute: (owner: Owner) => Value): (owner: Owner) => Value {
  const valueByOwner = new WeakMap<Owner, { readonly value: Value }>();
  return (owner) => {
    const known = valueByOwner.get(owner) ?? { value: compute(owner) };
    valueByOwner.set(owner, known);
    return known.value;
  };
}
