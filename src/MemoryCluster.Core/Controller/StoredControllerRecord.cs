using System.Text.Json;
using MemoryCluster.Records;
using MemoryCluster.Shards;

namespace MemoryCluster.Controller;

/// <summary>One record of a team's controller: exactly one member is set.</summary>
internal sealed record StoredControllerRecord
{
    public RunRecord? Run { get; init; }

    public StoredCandidate? Candidate { get; init; }

    /// <summary>The one policy of the team.</summary>
    public TeamPolicy? Policy { get; init; }

    /// <summary>The one gate of the team; absent until it has learned something.</summary>
    public StoredGate? Gate { get; init; }

    /// <summary>What this team's runs have shown of another team's memory.</summary>
    public StoredCopy? Copy { get; init; }

    public static RecordKey KeyOf(StoredControllerRecord record) => new(record switch
    {
        { Run: { } run } => KeyOf(run.Id),
        { Candidate: { } candidate } => candidate.Decision.Id,
        { Copy: { } copy } => KeyOf(copy),
        { Policy: not null } => Hash128.Of("policy"),
        { Gate: not null } => Hash128.Of("gate"),
        _ => throw new ArgumentException("A controller's record with no member set.", nameof(record)),
    });

    public static Guid KeyOf(RunId run) => Hash128.Of("run", run.Value);

    public static Guid KeyOf(StoredCopy copy) => KeyOfCopy(copy.Copy);

    public static Guid KeyOfCopy(MemoryId copy) => Hash128.Of("copy", copy.ToString());

    public static byte[] Encode(StoredControllerRecord record) => JsonSerializer.SerializeToUtf8Bytes(record, StoredJson.Instance.StoredControllerRecord);

    public static StoredControllerRecord Decode(ReadOnlyMemory<byte> payload)
    {
        var record = JsonSerializer.Deserialize(payload.Span, StoredJson.Instance.StoredControllerRecord)
            ?? throw new MemoryClusterException(MemoryFault.StoreCorrupt, "A controller's record is null.");
        // Decisions of before replays could fail have no such list, and could not be written again without one.
        return record.Candidate is { Decision: { Failures.IsDefault: true } decision } candidate
            ? record with { Candidate = candidate with { Decision = decision with { Failures = [] } } }
            : record;
    }
}
