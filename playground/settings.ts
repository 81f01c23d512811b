interface Settings {
  /** A token for trying things out, which the server hands out in sandbox mode only. */
  readonly token: string | null;
  /** Whether the server has a fake phone, which is so in sandbox mode only. */
  readonly hasPhone: boolean;
}

/** What the server wrote into the page. */
export function readSettings(): Settings {
  return JSON.parse(document.getElementById("settings")?.textContent ?? "") as Settings;
}
