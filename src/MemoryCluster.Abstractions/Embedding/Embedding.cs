using System.Runtime.InteropServices;

namespace MemoryCluster;

/// <summary>
/// A unit vector and the model that made it. It travels as bytes: the cluster's serialiser writes floats one by one, with a header each.
/// </summary>
/// <param name="Model">The embedder's id: vectors of different models are never compared.</param>
/// <param name="Bytes">Little-endian 32-bit floats.</param>
[GenerateSerializer, Immutable, Alias("mc.Embedding")]
public sealed record Embedding([property: Id(0)] string Model, [property: Id(1)] ReadOnlyMemory<byte> Bytes)
{
    /// <summary>Number of components.</summary>
    public int Dimensions => Bytes.Length / sizeof(float);

    /// <summary>The components. The machine is little-endian, as every platform of .NET 10 that we run on.</summary>
    public ReadOnlySpan<float> Values => MemoryMarshal.Cast<byte, float>(Bytes.Span);

    /// <summary>Copies <paramref name="values"/>, which must be of unit length.</summary>
    public static Embedding FromVector(string model, ReadOnlySpan<float> values) =>
        new(model, MemoryMarshal.AsBytes(values).ToArray());
}
