import { Field, FieldResolver, ObjectType, Resolver, Root } from "type-graphql";
import type { Fault } from "../kernel/fault";
import { Filing } from "./filing";
import { pageOf, type PageWish } from "./page";
import { PageInfo } from "./pageInfo";

@ObjectType({ description: "One filing of a page, with its place." })
export class FilingEdge {
  @Field(() => String, { description: "Its place in the list, to be passed as after." })
  cursor!: string;

  @Field(() => Filing, { description: "The filing itself." })
  node!: Filing;
}

@ObjectType({ description: "One page of a taxpayer's filings, newest year first." })
export class FilingConnection {
  /** Undefined where nobody told what there is; then the fault says why, if somebody failed. */
  readonly filings!: readonly Filing[] | undefined;
  readonly fault!: Fault | undefined;

  @Field(() => PageInfo, { description: "Whether there is more." })
  pageInfo!: PageInfo;
}

/** What the providers told, whoever of them; see `taxpayerDocuments`. */
export interface KnownFilings {
  readonly filings: readonly Filing[] | undefined;
  readonly fault: Fault | undefined;
}

export function toFilingConnection({ filings, fault }: KnownFilings, wish: PageWish): FilingConnection {
  const { members, pageInfo } = pageOf(filings ?? [], wish, ({ id }) => id);
  return { filings: filings && members, fault, pageInfo };
}

/** The connection itself cannot be null, so that a failure stands here and leaves the rest of the answer alone. */
@Resolver(() => FilingConnection)
export class FilingConnectionResolver {
  @FieldResolver(() => [FilingEdge], {
    nullable: true,
    description: "Empty: there is no filing. Null: nobody could tell, and the taxpayer's sources say why.",
  })
  edges(@Root() connection: FilingConnection): FilingEdge[] | undefined {
    return filingsOf(connection)?.map((node) => ({ cursor: node.id, node }));
  }

  @FieldResolver(() => [Filing], {
    nullable: true,
    description: "What the edges hold, for those who need no cursors. Null where the edges are.",
  })
  nodes(@Root() connection: FilingConnection): readonly Filing[] | undefined {
    return filingsOf(connection);
  }
}

function filingsOf({ filings, fault }: FilingConnection): readonly Filing[] | undefined {
  if (fault) throw fault;
  return filings;
}
