using System.Buffers.Binary;
using MemoryCluster.Records;

namespace MemoryCluster.Sharding;

/// <summary>Where a memory belongs in a team of several shards: a 32-bit hash, of which each shard has a range.</summary>
/// <remarks>
/// The turns of one chat have one placement, since each is evidence for its neighbours; what was not said in a chat is placed by its words. Either
/// within the same scope alone, which is who it can be for. Near-duplicates that are placed apart meet all the same: see
/// <see cref="RememberClaim"/>.
/// </remarks>
public static class PlacementHash
{
    public static uint Of(MemoryDraft draft) => Of(draft.Visibility, draft.User, draft.Source, draft.Text);

    public static uint Of(MemoryRecord memory) => Of(memory.Visibility, memory.Provenance.User, memory.Provenance.Source, memory.Text);

    private static uint Of(Visibility visibility, UserId? user, SourceRef? source, string text)
    {
        var scope = $"{(int)visibility}/{user?.Value}";
        var said = source?.Session is { } session ? Hash128.Of("chat", scope, session) : Hash128.Of("text", scope, text);
        Span<byte> bytes = stackalloc byte[16];
        said.TryWriteBytes(bytes, bigEndian: true, out _);
        return BinaryPrimitives.ReadUInt32BigEndian(bytes);
    }
}
