namespace MemoryCluster.Simulations.Histories;

/// <summary>One call as its caller saw it: when it began, when it ended, and how.</summary>
/// <remarks>Times are ticks of the virtual clock.</remarks>
internal abstract record Call
{
    public required int Client { get; init; }

    public required long Start { get; init; }

    public required long End { get; init; }

    public required Outcome Outcome { get; init; }

    /// <summary>The code or type of what was thrown.</summary>
    public string? Fault { get; init; }

    public bool IsOk => Outcome == Outcome.Ok;

    /// <summary>Whether it may have an effect that its caller was not told of.</summary>
    public bool IsOpen(bool mayDouble) => Outcome switch
    {
        Outcome.Ok => false,
        Outcome.Refused => mayDouble,
        Outcome.Unknown or Outcome.Unexpected => true,
        _ => throw new InvalidOperationException($"A call without an outcome: {this}."),
    };
}

/// <summary>Somebody wanted something kept.</summary>
internal sealed record RememberCall : Call
{
    public required Wording Wording { get; init; }

    public required Origin Origin { get; init; }

    /// <summary>The idempotency key, if it had one.</summary>
    public Guid? Key { get; init; }

    public RememberResult? Answer { get; init; }
}

/// <summary>Somebody changed a memory.</summary>
internal sealed record PatchCall : Call
{
    public required MemoryId Id { get; init; }

    public required int IfVersion { get; init; }

    public string? Text { get; init; }

    public Visibility? Visibility { get; init; }

    public required Caller Caller { get; init; }

    public Guid? Key { get; init; }

    /// <summary>The memory as changed; to a repetition, as it is by now.</summary>
    public Sighting? Answer { get; init; }
}

/// <summary>Somebody deleted a memory.</summary>
internal sealed record DeleteCall : Call
{
    public required MemoryId Id { get; init; }

    public Guid? Key { get; init; }

    public required Caller Caller { get; init; }
}

/// <summary>The operator deleted whatever a run had written in a team.</summary>
internal sealed record ForgetCall : Call
{
    public required TeamId Team { get; init; }

    public required RunId Run { get; init; }

    public ImmutableArray<MemoryId> Deleted { get; init; } = [];
}

/// <summary>Somebody looked.</summary>
internal sealed record ReadCall : Call
{
    /// <summary>Get, list or recall.</summary>
    public required string How { get; init; }

    public required Caller Caller { get; init; }

    public ImmutableArray<Sighting> Seen { get; init; } = [];

    /// <summary>The memory asked for by its id.</summary>
    public MemoryId? Wanted { get; init; }

    /// <summary>The team of which everything was asked for, by one who may see all of it.</summary>
    public TeamId? WholeTeam { get; init; }

    /// <summary>Whether it was made when all faults had ceased.</summary>
    public bool IsFinal { get; init; }
}

/// <summary>Somebody read a timeline.</summary>
internal sealed record TimelineCall : Call
{
    public required TeamId Team { get; init; }

    public required Caller Caller { get; init; }

    /// <summary>What its nodes say.</summary>
    public ImmutableArray<string> Summaries { get; init; } = [];

    /// <summary>How many of them a model has worded.</summary>
    public int Worded { get; init; }
}

/// <summary>Somebody told how a recall turned out.</summary>
internal sealed record OutcomeCall : Call
{
    public required RecallId Recall { get; init; }

    /// <summary>All hits of the recall: nobody names what was used.</summary>
    public required ImmutableArray<MemoryId> Used { get; init; }

    /// <summary>Whether the answer was that the recall was known, and so is counted.</summary>
    public bool IsKnown { get; init; }
}

/// <summary>An access edge was granted or revoked.</summary>
internal sealed record EdgeCall : Call
{
    public required AccessEdge Edge { get; init; }

    public required bool IsGrant { get; init; }
}
