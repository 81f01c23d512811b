/** Sends one GraphQL operation, and throws what the service complains about. */
export async function ask(url, query, { variables, authorization } = {}) {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json", ...(authorization && { authorization }) },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = await response.json();
  if (errors) throw new Error(`${url} says: ${errors.map(({ message }) => message).join(" ")}`);
  return data;
}
