using MemoryCluster.LoadTests.Histories;

namespace MemoryCluster.LoadTests.Checking;

/// <summary>What all clients together know of one memory, and since when.</summary>
internal sealed class KeyFacts
{
    private readonly List<Operation> _operations;

    // Versions that were acknowledged or seen, each above the one before, by when they were.
    private readonly List<(long At, int Version)> _floors = [];
    private readonly long _deletedAt;

    public KeyFacts(IEnumerable<Operation> operations)
    {
        _operations = [.. operations.Where(Register.Concerns)];
        CreatedAt = First(operation => operation.Kind == OperationKind.Create, operation => operation.InvokedNs);
        KnownAt = First(operation => operation is { Outcome: OperationOutcome.Ok, Kind: not OperationKind.Delete }, operation => operation.ReturnedNs);
        // Who finds nothing after somebody else was told of it tells of a deletion.
        _deletedAt = First(
            operation => operation is { Outcome: OperationOutcome.Ok, Kind: OperationKind.Delete }
                || (operation.Outcome == OperationOutcome.Absent && operation.InvokedNs > KnownAt),
            operation => operation.ReturnedNs);
        DeletionBegunAt = First(
            operation => operation.Kind == OperationKind.Delete && operation.Outcome is OperationOutcome.Ok or OperationOutcome.Unknown,
            operation => operation.InvokedNs);
        var answers = _operations.Where(operation => operation is { Outcome: OperationOutcome.Ok, Version: > 0 });
        foreach (var told in answers.OrderBy(operation => operation.ReturnedNs))
        {
            if (_floors.Count == 0 || told.Version > _floors[^1].Version)
                _floors.Add((told.ReturnedNs, told.Version));
        }
    }

    public IReadOnlyList<Operation> Operations => _operations;

    /// <summary>When it may first have been there; <see cref="long.MaxValue"/> for never.</summary>
    public long CreatedAt { get; }

    /// <summary>When somebody was first told that it is there.</summary>
    public long KnownAt { get; }

    /// <summary>When it may first have been deleted.</summary>
    public long DeletionBegunAt { get; }

    public bool IsDeletedBefore(long at) => _deletedAt < at;

    /// <summary>The version that somebody was told of before; 0 for none.</summary>
    public int FloorBefore(long at)
    {
        var index = _floors.FindLastIndex(floor => floor.At < at);
        return index < 0 ? 0 : _floors[index].Version;
    }

    /// <summary>Whether a version may have had this text by then: that of the write acknowledged with it, or else of any that may have made it.</summary>
    public bool MayRead(int version, string text, long at)
    {
        var makers = _operations.Where(operation => Makes(operation, version) && operation.InvokedNs <= at).ToList();
        var acknowledged = makers.Where(maker => maker.Outcome == OperationOutcome.Ok).ToList();
        return (acknowledged.Count > 0 ? acknowledged : makers).Exists(maker => maker.Text == text);
    }

    /// <summary>Whether nobody may have changed or deleted it between these moments, and no write is under way that may yet do so.</summary>
    public bool IsAtRest(long from, long to) => !_operations.Exists(operation =>
        !Register.IsRead(operation) && operation.Kind != OperationKind.Create && operation.InvokedNs <= to && operation.ReturnedNs >= from);

    /// <summary>The sequence number of the last write that was acknowledged before.</summary>
    public long SeqBefore(long at) => _operations
        .Where(operation => operation.ReturnedNs < at && !Register.IsRead(operation))
        .Select(operation => operation.Seq).DefaultIfEmpty(0).Max();

    private static bool Makes(Operation operation, int version) => !Register.IsRead(operation) && operation.Kind switch
    {
        OperationKind.Create => version == 1,
        OperationKind.Patch => operation.IfVersion == version - 1,
        OperationKind.Delete or OperationKind.Read or OperationKind.Unspecified or _ => false,
    };

    private long First(Func<Operation, bool> isMeant, Func<Operation, long> at) =>
        _operations.Where(isMeant).Select(at).DefaultIfEmpty(long.MaxValue).Min();
}
