import { Field, ObjectType } from "type-graphql";
import type { Fault } from "../../kernel";
import { pageInList, type PageArgs, PageInfo } from "../types";
import { Filing } from "./filing";

@ObjectType({ description: "One filing of a page, with its place." })
class FilingEdge {
  @Field(() => String, { description: "Its place in the list, to be passed as after." })
  cursor!: string;

  @Field(() => Filing, { description: "The filing itself." })
  node!: Filing;
}

/** The filings that any provider reports; see `taxpayerDocuments`. */
export interface KnownFilings {
  /** Undefined if no provider answered; `fault` is the first failure, if there is one. */
  readonly filings: readonly Filing[] | undefined;
  readonly fault: Fault | undefined;
}

/**
 * The connection itself cannot be null, so a failure is set as the value of its fields. graphql-js reports an Error value as
 * if the field had thrown it.
 */
@ObjectType({ description: "One page of a taxpayer's filings, newest year first." })
export class FilingConnection {
  @Field(() => PageInfo, { description: "Whether there is more." })
  pageInfo!: PageInfo;

  @Field(() => [FilingEdge], {
    nullable: true,
    description: "Empty: there is no filing. Null: nobody could tell, and the taxpayer's sources say why.",
  })
  edges!: readonly FilingEdge[] | Fault | undefined;

  @Field(() => [Filing], {
    nullable: true,
    description: "What the edges hold, for those who need no cursors. Null where the edges are.",
  })
  nodes!: readonly Filing[] | Fault | undefined;
}

export function toFilingConnection(
  { filings, fault }: KnownFilings,
  args: Pick<PageArgs, "first" | "after">,
): FilingConnection {
  const page = pageInList(filings ?? [], args);
  const nodes = filings && page.nodes;
  return {
    get pageInfo() {
      return page.pageInfo;
    },
    get edges() {
      return fault ?? nodes?.map((node) => ({ cursor: node.id, node }));
    },
    nodes: fault ?? nodes,
  };
}
