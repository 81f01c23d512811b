const prefix = "tp_";

/** A subject's uuid as callers see it. */
export function taxpayerIdOf(subjectId: string): string {
  return prefix + Buffer.from(subjectId.replaceAll("-", ""), "hex").toString("base64url");
}

/** The subject's uuid; undefined for anything that `taxpayerIdOf` cannot have printed. */
export function subjectIdOf(taxpayerId: string): string | undefined {
  const hex = Buffer.from(taxpayerId.slice(prefix.length), "base64url").toString("hex");
  const subjectId = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  return taxpayerIdOf(subjectId) === taxpayerId && subjectId.length === 36 ? subjectId : undefined;
}
