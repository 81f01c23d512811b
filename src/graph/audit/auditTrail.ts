import { Arg, Ctx, Field, Int, ObjectType, Query, Resolver } from "type-graphql";
import { Requires } from "../access";
import type { GraphContext } from "../context";

@ObjectType({ description: "Where a trail ends. Kept elsewhere, it shows later whether the trail was set back." })
class AuditHead {
  @Field(() => Int, { description: "The number of the last record; 0 where there is none." })
  sequence!: number;

  @Field(() => String, { description: "In hex: it binds that record and all before it." })
  hash!: string;
}

@ObjectType({ description: "This tenant's audit trail as a whole, every hash of it recomputed just now." })
class AuditTrail {
  @Field(() => Boolean, { description: "Whether every record is as it was written, and none is missing." })
  isIntact!: boolean;

  @Field(() => String, { nullable: true, description: 'The first flaw: "record 7 is missing". Null: there is none.' })
  flaw!: string | undefined;

  @Field(() => Int, { description: "How many records are intact, from the first on." })
  records!: number;

  @Field(() => AuditHead, { description: "The last of them." })
  head!: AuditHead;
}

@Resolver()
export class AuditTrailResolver {
  @Requires("audit:read")
  @Query(() => AuditTrail, {
    description: "Verifies this tenant's audit trail, as the command `audit verify` does. That is on record as well.",
  })
  async auditTrail(
    @Arg("isWhole", () => Boolean, {
      defaultValue: false,
      description: "From the first record on, which takes longer. Left out: from the newest checkpoint.",
    })
    isWhole: boolean,
    @Ctx() { trail, verifyTrail }: GraphContext,
  ): Promise<AuditTrail> {
    // Put on record first: so the trail of a new tenant has a head, whose loss would be a flaw.
    await trail.record({ kind: "AUDIT_READ", fields: ["Query.auditTrail"], taxpayerIds: [] });
    const { count, head, flaw } = await verifyTrail(isWhole);
    const { sequence, hash } = head;
    return { isIntact: flaw === undefined, flaw, records: count, head: { sequence, hash: hash.toString("hex") } };
  }
}
