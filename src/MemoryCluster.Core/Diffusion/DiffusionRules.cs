using System.Buffers.Binary;
using MemoryCluster.Forgetting;
using MemoryCluster.Records;

namespace MemoryCluster.Diffusion;

/// <summary>What is offered to whom, what becomes of it there, and when it is taken back: plain functions of plain values. See ADR 12.</summary>
public static class DiffusionRules
{
    /// <summary>Reason of a copy's admission.</summary>
    public const string Diffused = "diffused";

    /// <summary>Reason of a copy that its new team's own use has confirmed.</summary>
    public const string Confirmed = "confirmed_by_use";

    /// <summary>Reason of a copy that replays on its new team's own runs have confirmed.</summary>
    public const string ConfirmedByReplay = "confirmed_by_replay";

    /// <summary>Reason of a copy that replays on its new team's own runs have shown to harm.</summary>
    public const string RefutedByReplay = "replay_hurts";

    /// <summary>After how long a team that was too far, or had no room, is asked again.</summary>
    public static readonly TimeSpan AskAgainAfter = TimeSpan.FromDays(7);

    private const double OfDomain = 0.5;
    private const double OfLikeness = 0.5;

    /// <summary>Whether a memory has proved itself and may leave its team: shared by its writer, and nobody else's copy.</summary>
    public static bool IsOffered(MemoryRecord memory, DiffusionPolicy policy, DateTimeOffset now) =>
        memory is { State: MemoryState.Active, Diffusion: null }
        && policy.Kinds.Contains(memory.Kind)
        && memory.Utility.Uses >= policy.UsesMin
        && memory.Utility.Weight >= policy.WeightMin
        && Stands(memory, now);

    /// <summary>Why a copy must be taken back; null while its source stands behind it.</summary>
    public static string? WithdrawalOf(DiffusionEntry entry, MemoryRecord? source, DateTimeOffset now) => source switch
    {
        null => "source_deleted",
        { State: MemoryState.Quarantined } or { Archive.Reason: ForgettingRules.Pruned } => "source_failed",
        _ when !Stands(source, now) => "source_withheld",
        _ when GeneralForm.Of(source.Text)?.Hash != entry.General => "source_changed",
        _ => null,
    };

    /// <summary>How near a team's work is to a memory, 0 to 1, by what was measured of earlier offers to it.</summary>
    public static double NearnessOf(bool hasSameDomain, Nearness likeness, double transfer) =>
        Math.Clamp(((hasSameDomain ? OfDomain : 0) + (OfLikeness * Math.Max(0, likeness.Mean))) * 2 * transfer, 0, 1);

    /// <summary>The share of offers to a team that its use confirmed; 0.5 where nothing is known.</summary>
    public static double TransferTo(TeamId team, IEnumerable<DiffusionEntry> ledger)
    {
        var (confirmed, refuted) = (0, 0);
        foreach (var entry in ledger.Where(entry => entry.To == team))
        {
            confirmed += entry.Status == DiffusionStatus.Confirmed ? 1 : 0;
            refuted += entry.Status is DiffusionStatus.Refuted or DiffusionStatus.Declined ? 1 : 0;
        }

        // Laplace's rule of succession
        return (1.0 + confirmed) / (2.0 + confirmed + refuted);
    }

    /// <summary>Whether a team may be considered for a memory, given what the ledger says of the two.</summary>
    public static bool MayConsider(DiffusionEntry? before, Guid general, DateTimeOffset now) => before?.Status switch
    {
        null => true,
        DiffusionStatus.Withdrawn => true,
        DiffusionStatus.Duplicate => true,
        DiffusionStatus.Refused => before.General != general || now - before.At >= AskAgainAfter,
        DiffusionStatus.Declined => false,
        DiffusionStatus.Offering or DiffusionStatus.Offered or DiffusionStatus.Confirmed or DiffusionStatus.Refuted or DiffusionStatus.Withdrawing => false,
        _ => throw new ArgumentOutOfRangeException(nameof(before), before.Status, "A new status needs a decision here."),
    };

    /// <summary>How an offer stands, by what there is of its copy.</summary>
    public static (DiffusionStatus Status, string Reason) StatusOf(MemoryRecord? copy) => copy switch
    {
        null => (DiffusionStatus.Declined, "deleted_there"),
        { Archive.Reason: ForgettingRules.Pruned } => (DiffusionStatus.Refuted, ForgettingRules.Pruned),
        { State: MemoryState.Quarantined } => (DiffusionStatus.Refuted, RefutedByReplay),
        { Reason: Confirmed or ConfirmedByReplay } => (DiffusionStatus.Confirmed, copy.Reason),
        _ => (DiffusionStatus.Offered, Diffused),
    };

    /// <summary>The line of the giving team's ledger, as far as the copy itself tells it.</summary>
    public static DiffusionEntry EntryOf(MemoryRecord copy)
    {
        var (status, reason) = StatusOf(copy);
        var origin = copy.Diffusion ?? throw new ArgumentException($"Memory {copy.Id} is no copy.", nameof(copy));
        return new DiffusionEntry
        {
            Source = origin.Source, SourceVersion = origin.SourceVersion, General = origin.General, To = copy.Team, Copy = copy.Id, Status = status, Reason = reason,
            Weight = copy.Utility.Prior ?? copy.Utility.Weight, At = copy.Utility.LastUsedAt ?? copy.Times.CreatedAt, Uses = copy.Utility.Uses,
            Successes = copy.Utility.Successes,
        };
    }

    /// <summary>The id of a copy: one for each source, version and team, whoever sends it how often.</summary>
    public static MemoryId CopyIdOf(MemoryRecord source, TeamRecord to, DateTimeOffset at)
    {
        Span<byte> bytes = stackalloc byte[16];
        Hash128.Of("copy", source.Id.ToString(), $"{source.Version}", to.Id.Value).TryWriteBytes(bytes);
        return MemoryId.New(at, BinaryPrimitives.ReadUInt64LittleEndian(bytes), to.Number);
    }

    /// <summary>The request that an offer is.</summary>
    public static OperationId OfferOf(DiffusionOffer offer, TeamId to) =>
        new(Hash128.Of("diffuse", offer.Origin.Source.ToString(), $"{offer.Origin.SourceVersion}", to.Value), Guid.Empty);

    /// <summary>The request that a withdrawal is: known for a day, so that an offer that comes after it is refused.</summary>
    public static OperationId WithdrawalOf(MemoryId copy) => new(Hash128.Of("withdraw", copy.ToString()), Guid.Empty);

    /// <summary>
    /// A copy as its new team keeps it: a candidate for that team alone, through the same agents and from the same resources, so that nobody
    /// sees it who may not see its source.
    /// </summary>
    public static MemoryRecord CopyOf(DiffusionOffer offer, TeamId to, TeamPolicy policy, long seq, DateTimeOffset at) => new()
    {
        Id = offer.Copy,
        Version = 1,
        Seq = seq,
        Team = to,
        Kind = offer.Kind,
        Visibility = Visibility.Team,
        State = MemoryState.Candidate,
        Text = offer.Text,
        Provenance = offer.Provenance with { Run = null, Source = null, DerivedFrom = [offer.Origin.Source] },
        Times = offer.Times with { CreatedAt = at, UpdatedAt = at, OccurredAt = null },
        Utility = new MemoryUtility { Weight = offer.Weight },
        Trust = offer.Trust,
        Reason = Diffused,
        PolicyVersion = policy.Version,
        UpdatedBy = offer.Provenance.WrittenBy,
        Diffusion = offer.Origin,
    };

    /// <summary>The copy after a use: no candidate any more where its new team's own uses were enough and helped.</summary>
    /// <param name="memory">After the use.</param>
    /// <param name="provenances">Teams that offer the same: copies of one team count once.</param>
    /// <param name="policy">The new team's.</param>
    public static MemoryRecord AfterUse(MemoryRecord memory, int provenances, DiffusionPolicy policy)
    {
        var needed = provenances > 1 ? (policy.ConfirmUsesMin + 1) / 2 : policy.ConfirmUsesMin;
        return memory is { Diffusion: not null, State: MemoryState.Candidate, Utility: { Credit: > 0 } utility } && utility.Successes >= needed
            ? memory with { State = MemoryState.Active, Reason = Confirmed }
            : memory;
    }

    private static bool Stands(MemoryRecord memory, DateTimeOffset now) =>
        memory.Visibility == Visibility.Shared
        && (memory.Times.ExpiresAt is not { } expires || expires > now)
        && (memory.Times.ValidTo is not { } until || until > now);
}
