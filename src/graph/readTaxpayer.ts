import { isObjectType, type GraphQLObjectType, type GraphQLResolveInfo } from "graphql";
import { latestIncomeYears, type IncomeYear } from "../domain/taxPeriod";
import { Fault } from "../kernel/fault";
import type { Gathering } from "../sources/gatherWishes";
import type { KeptTaxpayer } from "../sources/taxpayerStore";
import { scopes, type Access } from "./access";
import type { GraphContext } from "./context";
import { gatherEach } from "./selection/gather";
import { coordinatesOf, type Rights } from "./selection/coordinates";
import { attached, once } from "../kernel/remembered";
import { meets, requirementsOf, type Field } from "./authorization/scopes";
import { selectedFields, type Selection } from "./selection/selection";
import { Taxpayer } from "./taxpayer";
import { wantsAfter, wantsOf, type Asking, type Want } from "./selection/wants";

const yearsWithoutConsent = 3;

/** Gathers what the operation selects of each taxpayer, all of them in one go. */
export async function readTaxpayers(
  context: GraphContext,
  kept: readonly KeptTaxpayer[],
  info: GraphQLResolveInfo,
): Promise<Taxpayer[]> {
  const { access, today } = context;
  const type = info.schema.getType("Taxpayer");
  if (!isObjectType(type)) throw new Fault("INTERNAL", { note: "the schema has no Taxpayer" });
  const fields = selectedFields(info, type);
  const rights: Rights = { key: rightsOf(access), mayHave: (field) => isOpen(type, field, access) };
  const latestYears = once(() => latestYearsAt(today));
  const { read, refused } = coordinatesOf(fields, rights);
  if (refused.length > 0) {
    const taxpayerIds = kept.map(({ id }) => id);
    await context.trail.note({ kind: "REFUSED", code: "FORBIDDEN", taxpayerIds, fields: refused });
  }
  const wishes = kept.map((taxpayer) => {
    const usualYears = agreedYearsOf(taxpayer) ?? latestYears();
    return { taxpayer, usualYears, wants: knownWantsOf(fields, rights, usualYears), fields: read };
  });
  const gatherings = await gatherEach(context, wishes);
  const besides = await gatherEach(
    context,
    gatherings.map(({ taxpayer, gathered }) => ({
      taxpayer,
      wants: wantsAfter(gathered, fields, rights),
      fields: read,
    })),
  );
  return gatherings.map(
    (gathering, at) => new Taxpayer(joined(gathering, besides[at]), wishes[at]?.usualYears ?? latestYears()),
  );
}

function joined(gathering: Gathering, besides: Gathering | undefined): Gathering {
  if (besides === undefined || besides.gathered.length === 0) return gathering;
  return { ...gathering, gathered: [...gathering.gathered, ...besides.gathered] };
}

/** Where no years are named, those are meant which the taxpayer has agreed to; where nobody has asked them, the latest. */
export function usualYearsOf(taxpayer: KeptTaxpayer, { today }: Pick<GraphContext, "today">): readonly IncomeYear[] {
  return agreedYearsOf(taxpayer) ?? latestYearsAt(today);
}

const agreedYearsOf = attached(({ consents }: KeptTaxpayer): readonly IncomeYear[] | undefined => {
  const agreed = new Set(consents.flatMap(({ incomeYears }) => incomeYears));
  return agreed.size === 0 ? undefined : [...agreed].sort((one, other) => other - one);
});

function latestYearsAt(today: GraphContext["today"]): readonly IncomeYear[] {
  return latestIncomeYears(yearsWithoutConsent, today());
}

const wantsOfSelection = attached<readonly Selection[], Map<string, readonly Want[]>>(() => new Map());

/** Most taxpayers have the same years and most callers the same rights, and so the same is wanted of them. */
function knownWantsOf(
  fields: readonly Selection[],
  { key: rights, mayHave }: Rights,
  usualYears: Asking["usualYears"],
): readonly Want[] {
  const wantsByAsking = wantsOfSelection(fields);
  const key = [rights, ...usualYears].join(" ");
  const wants = wantsByAsking.get(key) ?? wantsOf(fields, { mayHave, usualYears });
  wantsByAsking.set(key, wants);
  return wants;
}

/** Of the scopes that there are: a token may name any others. */
const rightsOf = attached((access: Access) => scopes.filter((scope) => access.scopes.has(scope)).join(" "));

function isOpen(type: GraphQLObjectType, name: string, access: Access): boolean {
  const field = type.getFields()[name] as Field | undefined;
  return field !== undefined && meets(access, requirementsOf(field));
}
