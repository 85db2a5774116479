using System.Buffers.Binary;
using MemoryCluster.Shards;
using StackExchange.Redis;

namespace MemoryCluster.Storage.Redis;

/// <summary>Mutations as the append script takes them, as many as one call should hold.</summary>
internal static class AppendArguments
{
    /// <summary>A script blocks the server for every store: 4 MiB take it some 2 ms. What exceeds it goes in several calls.</summary>
    private const int BytesMax = 4 << 20;

    private const int MutationsMax = 1_000;

    /// <summary>Ranges of mutations, in order, each for one call.</summary>
    public static IEnumerable<(int First, int Count)> Split(IReadOnlyList<ShardMutation> mutations)
    {
        for (int first = 0, next; first < mutations.Count; first = next)
        {
            next = first + 1;
            var bytes = Bytes(mutations[first]);
            while (next < mutations.Count && next - first < MutationsMax && (bytes += Bytes(mutations[next])) <= BytesMax)
                next++;
            yield return (first, next - first);
        }
    }

    public static RedisValue[] Of(IReadOnlyList<ShardMutation> mutations, int first, int count, long epoch, RedisKeys keys)
    {
        var words = new List<RedisValue>
        {
            epoch,
            mutations[first].Seq,
            mutations[first + count - 1].Seq,
            keys.RecordPrefix,
            keys.OperationPrefix,
            (long)OperationEntry.Lifetime.TotalMilliseconds,
        };
        for (var index = first; index < first + count; index++)
            Add(words, mutations[index]);
        return [.. words];
    }

    private static void Add(List<RedisValue> words, ShardMutation mutation)
    {
        foreach (var write in mutation.Writes)
            words.AddRange([Word(write.Kind), mutation.Seq, write.Key.ToString(), Payload(write.Payload)]);
        if (mutation.Operation is { } operation)
            words.AddRange(["o", operation.At.ToUnixTimeMilliseconds(), operation.Key.ToString("N"), Stamped(operation)]);
        words.AddRange(["m", mutation.Seq, mutation.At.ToUnixTimeMilliseconds(), ""]);
    }

    private static RedisValue Word(WriteKind kind) => kind switch
    {
        WriteKind.Put => "p",
        WriteKind.Delete => "d",
        WriteKind.Erase => "e",
        WriteKind.Unspecified or _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Not a write."),
    };

    // A null array would be sent as no value at all.
    private static RedisValue Payload(ReadOnlyMemory<byte> payload) => payload.IsEmpty ? RedisValue.EmptyString : payload.ToArray();

    private static byte[] Stamped(OperationEntry operation)
    {
        var value = new byte[sizeof(long) + operation.Result.Length];
        BinaryPrimitives.WriteInt64LittleEndian(value, operation.At.UtcTicks);
        operation.Result.CopyTo(value.AsMemory(sizeof(long)));
        return value;
    }

    private static int Bytes(ShardMutation mutation) =>
        (mutation.Operation?.Result.Length ?? 0) + mutation.Writes.Sum(write => write.Payload.Length);
}
