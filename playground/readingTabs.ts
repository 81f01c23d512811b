import { pans } from "./people";
import { tab } from "./tab";

export const startHere = tab(
  `# Start here:
# has this person filed an income-tax return?
#
# Press the play button, or Ctrl-Enter.
# The PAN is among the variables below. There are
# more to try; the people behind them are invented:
#
#   ${pans.filed}  has filed
#   ${pans.notFiled}  has not
#   ${pans.unknown}  is not on record
#   ${pans.unavailable}  cannot be asked about just now

query StartHere($pan: Pan!) {
  taxpayer(pan: $pan) {
    id # opaque, so safe to log
    pan # masked
    holderType
    compliance {
      itrFiled
      standing # the same whoever answers
      standingLabel # in the provider's words
      filingStatus
      assessmentYear
      filedOn
      acknowledgementNumber
      checkedAt
    }
    # Who was asked, and why a gap is a gap.
    sources {
      document
      provider
      outcome
      problem {
        code
        message
        blame
        retryable
      }
    }
  }
}
`,
  { pan: pans.filed },
);

export const manyAtOnce = tab(
  `# Many at once:
# up to 100 PANs, answered in the order asked.
#
# One person's failure leaves the others' answers
# whole. A PAN asked about twice costs one call.

query ManyAtOnce($pans: [Pan!]!) {
  taxpayers(pans: $pans) {
    pan
    compliance {
      itrFiled
      standing
      assessmentYear
      filedOn
    }
    sources {
      provider
      outcome
      problem {
        code
        message
      }
    }
  }
}
`,
  { pans: Object.values(pans) },
);

export const whoIsBehindIt = tab(
  `# Who is behind it:
# the providers, what each can tell,
# and what login it takes.

query WhoIsBehindIt {
  providers {
    id
    name
    mode
    documents
    login
  }
}
`,
);

export const whenItGoesWrong = tab(
  `# When it goes wrong:
# no provider can answer for this PAN just now.
#
# The request still succeeds: "compliance" is
# null, and "sources" says why, whose fault that is
# and whether it helps to ask again.

query WhenItGoesWrong($pan: Pan!) {
  taxpayer(pan: $pan) {
    pan
    compliance {
      itrFiled
      standing
      checkedAt
    }
    sources {
      document
      provider
      outcome
      problem {
        code
        message
        blame
        retryable
      }
    }
  }
}
`,
  { pan: pans.unavailable },
);

export const whatCounts = tab(
  `# What counts:
# a year's income under the lender's own policy.
#
# It reads what a session has brought. Without one,
# the figures say what is missing, and sources say
# what to do about it.

query WhatCounts($pan: Pan!, $policy: IncomePolicyInput) {
  taxpayer(pan: $pan) {
    incomeInsights(policy: $policy, locale: EN) {
      policy {
        name
        digest # the same for the same policy, for ever
      }
      assessable {
        amount
        state
        message # why it is flagged or not possible
      }
      assessableMonthly {
        amount
      }
      trend {
        cagr
        stability
      }
      punctuality {
        due
        filed
        onTime
      }
      crossChecks {
        name
        assessmentYear
        outcome
        message
      }
      trace {
        step
        formula
      }
    }
    sources {
      document
      outcome
      nextAction {
        kind
      }
    }
  }
}
`,
  { pan: pans.filed, policy: { name: "House", businessBasis: "CASH_PROFIT", averaging: "MEAN" } },
);
