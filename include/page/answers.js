// Asking the page's routes. Addresses are relative: the page works below any path.
const PATIENCE_MS = 20000;

export class Refused extends Error {}

async function told(response) {
  if (response.ok) return response.json();
  if (response.status === 401) throw new Refused("Your login has ended: sign in to Airflow again, then reload this page.");
  const body = await response.json().catch(() => ({}));
  const sentence = body.error || (typeof body.detail === "string" && body.detail !== "Forbidden" ? body.detail : "");
  if (response.status === 403 && !sentence) throw new Refused("Your login may not do this: it takes a right to the DAG predict_signals; ask an administrator of Airflow.");
  throw new Refused(sentence || `The page's read failed (HTTP ${response.status}); the log of Airflow's API server tells why.`);
}
export async function ask(route, question = {}) {
  const query = new URLSearchParams(question).toString();
  return told(await fetch(query ? `${route}?${query}` : route, { signal: AbortSignal.timeout(PATIENCE_MS), headers: { Accept: "application/json" } }));
}
export async function tell(route, body) {
  return told(await fetch(route, { method: "POST", signal: AbortSignal.timeout(PATIENCE_MS), headers: { "Content-Type": "application/json", Accept: "application/json" }, body: JSON.stringify(body) }));
}
export const plainly = (error) => error instanceof Refused ? error.message : error instanceof TypeError || error.name === "TimeoutError" ? "Airflow's API server does not answer." : String(error.message);
