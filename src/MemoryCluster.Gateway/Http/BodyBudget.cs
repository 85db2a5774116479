using System.Buffers;
using Microsoft.Extensions.Options;

namespace MemoryCluster.Gateway.Http;

/// <summary>Lends the arrays that bodies are read into, as many bytes together as the options allow: memory stays bounded under any load.</summary>
internal sealed class BodyBudget(IOptions<GatewayOptions> options)
{
    private readonly long _bytesMax = options.Value.BodyBytesTogetherMax;
    private long _lent;

    public byte[] Rent(int bytesMin)
    {
        // asked before the array is made, and again with its true length
        if (Volatile.Read(ref _lent) + bytesMin > _bytesMax)
        {
            throw Overloaded(bytesMin);
        }

        var array = ArrayPool<byte>.Shared.Rent(bytesMin);
        if (Interlocked.Add(ref _lent, array.Length) > _bytesMax)
        {
            Return(array);
            throw Overloaded(bytesMin);
        }

        return array;
    }

    public void Return(byte[] array)
    {
        Interlocked.Add(ref _lent, -array.Length);
        ArrayPool<byte>.Shared.Return(array);
    }

    private MemoryClusterException Overloaded(int bytes) => new(
        MemoryFault.Overloaded, $"The bodies in progress would take more than {_bytesMax} bytes with another {bytes}. Repeat the request later.");
}
