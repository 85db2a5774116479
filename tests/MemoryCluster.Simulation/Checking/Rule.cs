namespace MemoryCluster.Simulations.Checking;

/// <summary>The promises that are checked.</summary>
internal enum Rule
{
    Unspecified = 0,

    /// <summary>What was acknowledged is there.</summary>
    Lost,

    /// <summary>What was deleted never returns.</summary>
    Resurrected,

    /// <summary>What is there was written by somebody, as it is.</summary>
    Phantom,

    /// <summary>A request has no more effects than it was made times, and under an idempotency key one.</summary>
    DuplicateEffect,

    /// <summary>The calls on one memory have one order that explains every answer and respects real time.</summary>
    History,

    /// <summary>Nobody sees what the access edges of no moment of the call allow.</summary>
    Access,

    /// <summary>Equal requests under one key get equal answers, others a refusal.</summary>
    Idempotency,

    /// <summary>A recall that does not ask for what is archived does not find it.</summary>
    Archived,

    /// <summary>A run teaches once, what it taught is accounted for, and what was forgotten leaves nothing.</summary>
    Runs,

    /// <summary>What a controller decided follows from its log, to the last bit.</summary>
    Decisions,

    /// <summary>A replay outside of the cluster counts once, as it was answered, and what was forgotten is sent to nobody.</summary>
    Replays,

    /// <summary>Calls end with an answer or with a fault of the contract.</summary>
    UnexpectedFault,

    /// <summary>A run ends.</summary>
    Stuck,

    /// <summary>What is stored reads as its engine left it.</summary>
    Store,
}
