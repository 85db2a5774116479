using System.Text;
using MemoryCluster.Shards;

namespace MemoryCluster.TestKit.Stores;

/// <summary>Mutations in one line.</summary>
public static class Mutations
{
    private static readonly DateTimeOffset At = new(2026, 5, 4, 12, 0, 0, TimeSpan.Zero);

    public static RecordKey Key(int n) => new(new Guid(n, 0, 0, [0, 0, 0, 0, 0, 0, 0, 1]));

    public static ShardMutation Put(long seq, RecordKey key, string text) => Of(seq, PutWrite(key, text));

    public static ShardMutation Delete(long seq, RecordKey key) => Of(seq, RecordWrite.Delete(key));

    public static ShardMutation Erase(long seq, RecordKey key) => Of(seq, RecordWrite.Erase(key));

    public static ShardMutation Operation(long seq, int operation, DateTimeOffset at, string result) => new()
    {
        Seq = seq,
        At = at,
        Operation = new OperationEntry(Key(operation).Value, at, Encoding.UTF8.GetBytes(result)),
    };

    public static RecordWrite PutWrite(RecordKey key, string text) => RecordWrite.Put(key, Encoding.UTF8.GetBytes(text));

    public static string Text(ReadOnlyMemory<byte> payload) => Encoding.UTF8.GetString(payload.Span);

    private static ShardMutation Of(long seq, RecordWrite write) => new() { Seq = seq, At = At, Writes = [write] };
}
