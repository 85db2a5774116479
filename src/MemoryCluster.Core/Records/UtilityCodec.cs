using System.Buffers.Binary;
using System.Text;
using MemoryCluster.Shards;

namespace MemoryCluster.Records;

/// <summary>
/// A memory's counters as a record of their own beside the memory's: an outcome writes these some hundred bytes, and not a text and a vector
/// that it does not change.
/// </summary>
/// <remarks>
/// <code>
/// | format = 4 (u8) | flags (u8) | memory (16, big-endian) | weight f64 | reward sum f64 | trials f64 | credit f64 | uses i64 | successes i64 |
///   confirmations i64 | prior f64 (flag 1) | last used, UTC ticks i64 (flag 2) | measured by replay i64 (flag 8) |
///   stages (flag 4): count u8, each: length u16, UTF-8, value f64, uses i64 |
/// </code>
/// All little-endian but for the id. Of the counters in a memory's own record and these, those hold that were written later.
/// </remarks>
internal static class UtilityCodec
{
    private const byte Format = 4;
    private const byte HasPrior = 1;
    private const byte HasLastUse = 2;
    private const byte HasStages = 4;
    private const byte HasReplayed = 8;
    private const int IdBytes = 16;
    private const int FixedBytes = 2 + IdBytes + (7 * sizeof(long));

    /// <summary>The memory's id with the four version bits of its UUID inverted: no memory's own key, and none of the hashes.</summary>
    public static RecordKey KeyOf(MemoryId id)
    {
        Span<byte> bytes = stackalloc byte[IdBytes];
        id.Value.TryWriteBytes(bytes, bigEndian: true, out _);
        bytes[6] ^= 0xF0;
        return new RecordKey(new Guid(bytes, bigEndian: true));
    }

    public static bool Is(ReadOnlyMemory<byte> payload) => payload.Length > 0 && payload.Span[0] == Format;

    public static byte[] Encode(MemoryId id, MemoryUtility utility)
    {
        var payload = new byte[BytesOf(utility)];
        payload[0] = Format;
        payload[1] = (byte)((utility.Prior is null ? 0 : HasPrior) | (utility.LastUsedAt is null ? 0 : HasLastUse)
            | (utility.Stages is null ? 0 : HasStages) | (utility.Replayed == 0 ? 0 : HasReplayed));
        id.Value.TryWriteBytes(payload.AsSpan(2), bigEndian: true, out _);
        var rest = payload.AsSpan(2 + IdBytes);
        Write(ref rest, utility.Weight);
        Write(ref rest, utility.RewardSum);
        Write(ref rest, utility.Trials);
        Write(ref rest, utility.Credit);
        Write(ref rest, utility.Uses);
        Write(ref rest, utility.Successes);
        Write(ref rest, utility.Confirmations);
        if (utility.Prior is { } prior)
        {
            Write(ref rest, prior);
        }

        if (utility.LastUsedAt is { } at)
        {
            Write(ref rest, at.UtcTicks);
        }

        if (utility.Replayed != 0)
        {
            Write(ref rest, utility.Replayed);
        }

        if (utility.Stages is { } stages)
        {
            WriteStages(rest, stages);
        }

        return payload;
    }

    public static (MemoryId Id, MemoryUtility Utility) Decode(ReadOnlyMemory<byte> payload)
    {
        var span = payload.Span;
        if (span.Length < FixedBytes || span[0] != Format)
        {
            throw Corrupt(span, "is no record of counters");
        }

        var flags = span[1];
        var id = new MemoryId(new Guid(span.Slice(2, IdBytes), bigEndian: true));
        var rest = span[(2 + IdBytes)..];
        try
        {
            var utility = new MemoryUtility
            {
                Weight = ReadDouble(ref rest),
                RewardSum = ReadDouble(ref rest),
                Trials = ReadDouble(ref rest),
                Credit = ReadDouble(ref rest),
                Uses = ReadLong(ref rest),
                Successes = ReadLong(ref rest),
                Confirmations = ReadLong(ref rest),
                Prior = (flags & HasPrior) != 0 ? ReadDouble(ref rest) : null,
                LastUsedAt = (flags & HasLastUse) != 0 ? new DateTimeOffset(ReadLong(ref rest), TimeSpan.Zero) : null,
                Replayed = (flags & HasReplayed) != 0 ? ReadLong(ref rest) : 0,
                Stages = (flags & HasStages) != 0 ? ReadStages(ref rest) : null,
            };
            return (id, utility);
        }
        catch (ArgumentOutOfRangeException cut)
        {
            throw Corrupt(span, $"ends too soon or holds no time: {cut.Message}");
        }
    }

    private static MemoryClusterException Corrupt(ReadOnlySpan<byte> span, string why) =>
        new(
            MemoryFault.StoreCorrupt,
            $"A record of {span.Length} bytes with format {(span.IsEmpty ? -1 : span[0])} {why}; this version reads counters as {Format}.");

    private static int BytesOf(MemoryUtility utility)
    {
        var bytes = FixedBytes + (utility.Prior is null ? 0 : sizeof(double)) + (utility.LastUsedAt is null ? 0 : sizeof(long))
            + (utility.Replayed == 0 ? 0 : sizeof(long));
        if (utility.Stages is { } stages)
        {
            bytes += 1;
            foreach (var stage in stages)
            {
                bytes += sizeof(ushort) + Encoding.UTF8.GetByteCount(stage.Stage) + sizeof(double) + sizeof(long);
            }
        }

        return bytes;
    }

    private static void WriteStages(Span<byte> rest, ImmutableArray<StageValue> stages)
    {
        rest[0] = checked((byte)stages.Length);
        rest = rest[1..];
        foreach (var stage in stages)
        {
            var length = Encoding.UTF8.GetBytes(stage.Stage, rest[sizeof(ushort)..]);
            BinaryPrimitives.WriteUInt16LittleEndian(rest, checked((ushort)length));
            rest = rest[(sizeof(ushort) + length)..];
            Write(ref rest, stage.Value);
            Write(ref rest, stage.Uses);
        }
    }

    private static ImmutableArray<StageValue> ReadStages(ref ReadOnlySpan<byte> rest)
    {
        var count = rest.Length > 0 ? rest[0] : throw new ArgumentOutOfRangeException(nameof(rest));
        rest = rest[1..];
        var stages = ImmutableArray.CreateBuilder<StageValue>(count);
        for (var i = 0; i < count; i++)
        {
            var length = BinaryPrimitives.ReadUInt16LittleEndian(rest);
            var name = Encoding.UTF8.GetString(rest.Slice(sizeof(ushort), length));
            rest = rest[(sizeof(ushort) + length)..];
            var value = ReadDouble(ref rest);
            stages.Add(new StageValue(name, value, ReadLong(ref rest)));
        }

        return stages.MoveToImmutable();
    }

    private static void Write(ref Span<byte> rest, double value)
    {
        BinaryPrimitives.WriteDoubleLittleEndian(rest, value);
        rest = rest[sizeof(double)..];
    }

    private static void Write(ref Span<byte> rest, long value)
    {
        BinaryPrimitives.WriteInt64LittleEndian(rest, value);
        rest = rest[sizeof(long)..];
    }

    private static double ReadDouble(ref ReadOnlySpan<byte> rest)
    {
        var value = BinaryPrimitives.ReadDoubleLittleEndian(rest);
        rest = rest[sizeof(double)..];
        return value;
    }

    private static long ReadLong(ref ReadOnlySpan<byte> rest)
    {
        var value = BinaryPrimitives.ReadInt64LittleEndian(rest);
        rest = rest[sizeof(long)..];
        return value;
    }
}
