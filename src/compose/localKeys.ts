import type { Settings } from "../config";
import { scopes } from "../graph";
import type { Clock, Secret } from "../kernel";
import { signToken } from "../server";
import { localSecrets } from "../store";

interface MasterKeySettings {
  readonly masterKey: Secret<Buffer>;
  readonly oldMasterKeys: readonly Secret<Buffer>[];
  readonly rereadMasterKeys: () => readonly Secret<Buffer>[];
}

/** The keys that the settings name, or that the sandbox made for itself and keeps in its data dir. */
export function masterKeysIn(settings: Settings): MasterKeySettings {
  const { masterKey, oldMasterKeys, rereadMasterKeys, dataDir } = settings;
  if (masterKey) return { masterKey, oldMasterKeys, rereadMasterKeys };
  const readLocal = () => localSecrets(dataDir).readWithOld("master-key");
  const { newest, old } = readLocal();
  return {
    masterKey: newest,
    oldMasterKeys: [...old, ...oldMasterKeys],
    rereadMasterKeys() {
      const local = readLocal();
      return [local.newest, ...local.old];
    },
  };
}

/** Makes a new master key in the data dir; the one before opens what it has sealed until `forgetOldMasterKey`. */
export function renewMasterKey({ dataDir }: Settings): void {
  localSecrets(dataDir).renew("master-key");
}

export function forgetOldMasterKey({ dataDir }: Settings): void {
  localSecrets(dataDir).forgetOld("master-key");
}

/** What tokens are signed with; undefined when an issuer of its own signs them. */
export function tokenKeyOf({ tokens, dataDir }: Settings): Secret<string | Buffer> | undefined {
  if (tokens.trust.kind === "jwks") return undefined;
  return tokens.trust.kind === "secret" ? tokens.trust.secret : localSecrets(dataDir).read("token-secret");
}

interface TokenRequest {
  readonly tenant: string;
  readonly subject: string;
  readonly scopes: readonly string[];
  readonly lifeSeconds: number;
}

/** Whom the developer token is for. */
export const developerTenant = "sandbox";

const everythingForADay: TokenRequest = { tenant: developerTenant, subject: "developer", scopes, lifeSeconds: 86_400 };

/** A token to try the service with; undefined if another issuer signs the tokens. */
export async function developerToken(
  settings: Settings,
  clock: Clock,
  request: Partial<TokenRequest> = {},
): Promise<Secret | undefined> {
  const key = tokenKeyOf(settings);
  const { issuer, audience } = settings.tokens;
  return key && signToken(key, { ...everythingForADay, ...request, issuer, audience }, clock);
}
