using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace MemoryCluster.Sharding;

/// <summary>Which of a team's shards a memory belongs to.</summary>
/// <remarks>
/// Rendezvous hashing (Thaler and Ravishankar, 1998) of the memory's scope, not of its id: near-duplicates have one scope and so meet in
/// one shard, and a split moves only what the new shard wins.
/// </remarks>
public static class PartitionChoice
{
    public static int Of(string scope, int partitions)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(partitions, 1);
        var best = 0;
        if (partitions == 1)
        {
            return best;
        }

        var bestScore = ulong.MinValue;
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        for (var partition = 0; partition < partitions; partition++)
        {
            SHA256.HashData(Encoding.UTF8.GetBytes($"{partition}/{scope}"), hash);
            var score = BinaryPrimitives.ReadUInt64LittleEndian(hash);
            if (score > bestScore || partition == 0)
            {
                (best, bestScore) = (partition, score);
            }
        }

        return best;
    }
}
