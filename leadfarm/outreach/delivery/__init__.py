"""From the ledger to the other side's mail server: never twice, never lost (law 7)."""
